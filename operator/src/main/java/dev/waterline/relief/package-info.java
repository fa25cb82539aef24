/**
 * Carries relief out: throttles, restores and evicts, and remembers budgets. What it does to a pod is decided in the core and
 * told to a listener; how it reaches the cluster is behind {@link dev.waterline.relief.ReliefPods} and
 * {@link dev.waterline.relief.PodUsage}.
 */
@NullMarked
package dev.waterline.relief;

import org.jspecify.annotations.NullMarked;
