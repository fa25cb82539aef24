package dev.waterline.decision.relief;

import java.util.Optional;

/**
 * Pods of this tier on this node may be throttled, because the tier is frozen there.
 *
 * @param percent what is left of a CPU limit
 * @param hot why throttling begins now; empty: what is throttled stays so until the tier thaws, and nothing new is
 */
public record ThrottleAsk(String node, String tier, PriorityRange pods, int percent, Optional<Observation> hot) {}
