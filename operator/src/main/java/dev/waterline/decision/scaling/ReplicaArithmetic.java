package dev.waterline.decision.scaling;

/**
 * HPA's arithmetic for external metrics, on the base that HPA should have taken.
 *
 * <p>{@code AverageValue}: {@code ceil(value / threshold)}; {@code Value}: {@code ceil(value / threshold · base)}. In both the
 * base stays as it is while the tolerance covers {@code value / due}, where {@code due} is
 * {@code threshold · base} or {@code threshold}. The base is {@code spec.replicas}: HPA takes {@code status.replicas} for
 * {@code AverageValue}, which a rollout's surge inflates, so that its counts drift upwards (kubernetes#138505).
 *
 * <p>Like HPA this computes with doubles over thousandths. Decimal fractions of up to three digits are exact there, so that
 * 0.3 over 0.1 is three replicas and not four. Unlike HPA finer fractions are not cut off.
 */
final class ReplicaArithmetic {
    private static final double THOUSANDTHS = 1_000;

    private ReplicaArithmetic() {}

    static int replicas(Target target, Tolerance tolerance, double value, int base) {
        double usage = value * THOUSANDTHS;
        double due = target.threshold() * THOUSANDTHS;
        double ratio = usage / due;
        return switch (target.measure()) {
            case AVERAGE_VALUE -> base > 0 && tolerance.covers(usage / (due * base)) ? base : ceil(ratio);
            case VALUE -> {
                if (base == 0) {
                    yield ceil(ratio);
                }
                yield tolerance.covers(ratio) ? base : ceil(ratio * base);
            }
        };
    }

    /** A cast of a double saturates, so a number beyond int becomes the largest int. */
    private static int ceil(double replicas) {
        return Math.max(0, (int) Math.ceil(replicas));
    }
}
