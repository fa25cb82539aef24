package dev.waterline.decision.elastic;

import dev.waterline.decision.reading.Reading;
import java.util.Optional;

/**
 * How fast the error budget burns: 1 uses it up exactly by the end of the objective's period, 2 in half of the time.
 *
 * <p>{@code burn = (1 - good / total) / (1 - objective)}, over a fast window that is acted on and a slow one that vetoes.
 */
public sealed interface BudgetBurn {

    /**
     * Both windows can be believed.
     *
     * @param fast finite, 0 or more
     * @param slow finite, 0 or more
     */
    record Measured(double fast, double slow) implements BudgetBurn {
        public Measured {
            if (!(fast >= 0 && slow >= 0) || !Double.isFinite(fast) || !Double.isFinite(slow)) {
                throw new IllegalArgumentException("a burn must be finite and not negative: " + fast + ", " + slow);
            }
        }
    }

    /** At least one of them cannot. */
    record Unknown(Reading.Unavailable reason) implements BudgetBurn {}

    /**
     * Good and total are two queries, evaluated one after the other, and {@code increase()} extrapolates each of them. So much
     * more good events than events are noise and read as all; anything above is a wrong query.
     */
    double EXTRAPOLATION_NOISE = 0.02;

    /** Judges what the source counted. */
    static BudgetBurn of(ElasticPolicy policy, EventCount fast, EventCount slow) {
        return flaw(policy, fast, "fast")
                .or(() -> flaw(policy, slow, "slow"))
                .<BudgetBurn>map(Unknown::new)
                .orElseGet(() -> new Measured(burn(policy, fast), burn(policy, slow)));
    }

    private static double burn(ElasticPolicy policy, EventCount count) {
        return Math.max(0, 1 - count.good() / count.total()) / (1 - policy.objective());
    }

    private static Optional<Reading.Unavailable> flaw(ElasticPolicy policy, EventCount count, String window) {
        if (!Double.isFinite(count.good()) || !Double.isFinite(count.total())) {
            return unavailable(
                    Reading.Cause.NotFinite,
                    "elastic.slo: the %s window yields NaN or infinity; look for a division in good or total",
                    window);
        }
        if (count.good() < 0 || count.total() < 0) {
            return unavailable(
                    Reading.Cause.OutOfRange,
                    "elastic.slo: the %s window counts fewer than no events; good and total must be increases of"
                            + " counters",
                    window);
        }
        if (count.total() < policy.minEvents()) {
            return unavailable(
                    Reading.Cause.TooFewEvents,
                    "elastic.slo: the %s window has fewer events than elastic.slo.minEvents; good and total must count"
                            + " events, such as by increase(), and not rates",
                    window);
        }
        if (count.good() > count.total() * (1 + EXTRAPOLATION_NOISE)) {
            return unavailable(
                    Reading.Cause.OutOfRange,
                    "elastic.slo: the %s window has more good events than events; total must count all of them",
                    window);
        }
        return Optional.empty();
    }

    private static Optional<Reading.Unavailable> unavailable(Reading.Cause cause, String detail, String window) {
        return Optional.of(new Reading.Unavailable(cause, detail.formatted(window)));
    }
}
