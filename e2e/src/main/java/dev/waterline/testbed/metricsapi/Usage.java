package dev.waterline.testbed.metricsapi;

/**
 * What a node or a container uses.
 *
 * @param cpu cores, not negative
 * @param memory bytes, not negative
 */
public record Usage(double cpu, long memory) {
    private static final double NANOS = 1e9;

    public Usage {
        if (!(cpu >= 0) || Double.isInfinite(cpu) || memory < 0) {
            throw new IllegalArgumentException(
                    "usage must be finite and >= 0, not " + cpu + " cores, " + memory + " bytes");
        }
    }

    /** As metrics-server writes it: nanocores. */
    String cpuQuantity() {
        return Math.round(cpu * NANOS) + "n";
    }

    /** As metrics-server writes it: Ki, rounded up. */
    String memoryQuantity() {
        return Math.ceilDiv(memory, 1024) + "Ki";
    }
}
