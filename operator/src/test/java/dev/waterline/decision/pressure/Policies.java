package dev.waterline.decision.pressure;

import java.time.Duration;
import java.util.List;

/** The policy of the settlement story, and variations of it. Raw signals, so that the tables read as they are written. */
final class Policies {
    static final String BEST_EFFORT = "best-effort";
    static final String STANDARD = "standard";
    static final String CRITICAL = "banking-critical";

    static final Duration FREEZE_AFTER = Duration.ofSeconds(10);
    static final Duration THAW_AFTER = Duration.ofMinutes(1);
    static final Duration MIN_HOLD = Duration.ofMinutes(5);
    static final Duration OUTAGE_HOLD = Duration.ofMinutes(10);
    static final Timing TIMING = new Timing(FREEZE_AFTER, THAW_AFTER, MIN_HOLD, 0.95, Duration.ofSeconds(15));
    static final PoolLimits UNMETERED = new PoolLimits(1, Duration.ofMinutes(30), 0.33, 0.55);
    static final Outage THEN_THAW = new Outage(OUTAGE_HOLD, true);
    static final Outage THEN_HOLD = new Outage(OUTAGE_HOLD, false);

    private Policies() {}

    static Signal raw(String name) {
        return new Signal(name, Duration.ZERO, 1.5);
    }

    static Tier tier(String name, int minPriority, Waterline... waterlines) {
        return new Tier(name, minPriority, List.of(waterlines));
    }

    static Waterline cpu(double freezeAbove, double thawBelow) {
        return new Waterline("cpu", freezeAbove, thawBelow);
    }

    static Waterline memory(double freezeAbove, double thawBelow) {
        return new Waterline("memory", freezeAbove, thawBelow);
    }

    /** Best effort 70/62, standard 82/75 from 1000, banking-critical from 10000 and protected. */
    static PressurePolicy settlement() {
        return of(tier(BEST_EFFORT, 0, cpu(0.70, 0.62)), tier(STANDARD, 1000, cpu(0.82, 0.75)), tier(CRITICAL, 10_000));
    }

    /** Raw cpu, the timing above, thaw after an outage. */
    static PressurePolicy of(Tier... tiers) {
        return policy(List.of(raw("cpu")), tiers);
    }

    static PressurePolicy withCpuAndMemory(Tier... tiers) {
        return policy(List.of(raw("cpu"), raw("memory")), tiers);
    }

    private static PressurePolicy policy(List<Signal> signals, Tier... tiers) {
        return new PressurePolicy(signals, new Ladder(List.of(tiers)), TIMING, THEN_THAW, UNMETERED, false);
    }

    static PressurePolicy with(PressurePolicy policy, Timing timing) {
        return new PressurePolicy(
                policy.signals(), policy.ladder(), timing, policy.outage(), policy.limits(), policy.protecting());
    }

    static PressurePolicy with(PressurePolicy policy, Outage outage) {
        return new PressurePolicy(
                policy.signals(), policy.ladder(), policy.timing(), outage, policy.limits(), policy.protecting());
    }

    static PressurePolicy with(PressurePolicy policy, PoolLimits limits) {
        return new PressurePolicy(
                policy.signals(), policy.ladder(), policy.timing(), policy.outage(), limits, policy.protecting());
    }

    static PressurePolicy protecting(PressurePolicy policy) {
        return new PressurePolicy(
                policy.signals(), policy.ladder(), policy.timing(), policy.outage(), policy.limits(), true);
    }

    static PressurePolicy smoothed(PressurePolicy policy, Duration halfLife) {
        return new PressurePolicy(
                policy.signals().stream()
                        .map(signal ->
                                new Signal(signal.name(), halfLife, signal.maxValid(), signal.resource(), signal.lag()))
                        .toList(),
                policy.ladder(),
                policy.timing(),
                policy.outage(),
                policy.limits(),
                policy.protecting());
    }
}
