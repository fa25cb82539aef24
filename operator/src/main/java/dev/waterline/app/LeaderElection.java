package dev.waterline.app;

import java.time.Duration;

/**
 * Whether and how replicas agree on one writer.
 *
 * @param enabled false: this process writes without asking
 * @param leaseDuration for how long others keep off after the last renewal; greater than the renew deadline
 * @param renewDeadline how long after its last renewal the leader may still write; greater than 1.2 × the retry period
 * @param retryPeriod pause between two attempts to take or renew the lease
 */
public record LeaderElection(boolean enabled, Duration leaseDuration, Duration renewDeadline, Duration retryPeriod) {}
