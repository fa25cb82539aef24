package dev.waterline.decision.relief;

import java.util.Comparator;

/**
 * A pod that may be evicted.
 *
 * @param workload UID of its controller
 * @param usageMillis measured
 */
public record Candidate(PodFacts pod, String workload, long usageMillis) {
    /** Who uses the most of what it did not ask for goes first; then who uses more; names make the order total. */
    static final Comparator<Candidate> ORDER = Comparator.comparingDouble(Candidate::usageOverRequest)
            .thenComparingLong(Candidate::usageMillis)
            .reversed()
            .thenComparing(candidate -> candidate.pod().fullName());

    private double usageOverRequest() {
        return (double) usageMillis / Math.max(1, pod.requestMillis());
    }
}
