package dev.waterline.decision.relief;

import java.util.Optional;

/**
 * What throttling must know of a container.
 *
 * @param requestMillis 0 where it requests none
 * @param limit empty: none, and none can be added to a pod that exists
 * @param restartsOnResize whether its resize policy for CPU restarts it
 */
public record ContainerCpu(String name, long requestMillis, Optional<CpuLimit> limit, boolean restartsOnResize) {}
