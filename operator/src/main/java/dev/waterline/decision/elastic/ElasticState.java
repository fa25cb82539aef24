package dev.waterline.decision.elastic;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the controller remembers from one step to the next.
 *
 * @param shift what it has come to, points; its integrator
 * @param effective what is in effect and persisted, points: a multiple of {@link #STEP}, less than one step from {@code shift}
 * @param since when {@code effective} changed last
 * @param steppedAt when the last step was
 * @param phase what moves it
 * @param lastError the error of the last step with a known burn; empty: there was none lately
 * @param unknownSince since when the burn has been unknown; empty: it is known
 * @param exhaustedSince since when the shift has been at its minimum, to no avail, with hardly any lower tier in the pool
 * @param notTheCauseSince since when the lower tiers have been known not to be the cause
 */
public record ElasticState(
        double shift,
        double effective,
        Instant since,
        Instant steppedAt,
        ElasticPhase phase,
        OptionalDouble lastError,
        Optional<Instant> unknownSince,
        Optional<Instant> exhaustedSince,
        Optional<Instant> notTheCauseSince) {

    /** The shift takes effect and is persisted in steps of so many points, so that thresholds and status come to rest. */
    public static final double STEP = 0.5;

    public ElasticState {
        if (!Double.isFinite(shift) || !Double.isFinite(effective) || !Double.isFinite(lastError.orElse(0))) {
            throw new IllegalArgumentException(
                    "shift and error must be finite, not " + shift + ", " + effective + " and " + lastError);
        }
    }

    /** Nothing is shifted, and nothing has been measured. */
    public static ElasticState beginning(Instant now) {
        return at(0, now, Instant.EPOCH, ElasticPhase.Waiting, Optional.empty());
    }

    /**
     * As an earlier life of the process left it. The change that was persisted last counts as the last step, so that many
     * restarts in a row do not make many steps.
     *
     * @param effective the persisted shift, points; if it is not finite nothing is shifted
     * @param since when that was reached
     */
    public static ElasticState restored(double effective, Instant since, ElasticPhase phase, Instant now) {
        if (!Double.isFinite(effective)) {
            return beginning(now);
        }
        var notTheCause = phase == ElasticPhase.NotTheCause ? Optional.of(now) : Optional.<Instant>empty();
        return at(effective, since, since, phase, notTheCause);
    }

    private static ElasticState at(
            double shift, Instant since, Instant steppedAt, ElasticPhase phase, Optional<Instant> notTheCauseSince) {
        return new ElasticState(
                shift,
                shift,
                since,
                steppedAt,
                phase,
                OptionalDouble.empty(),
                Optional.empty(),
                Optional.empty(),
                notTheCauseSince);
    }

    /** The same under limits that may have been edited: they act at once. */
    public ElasticState within(ElasticPolicy policy, Instant now) {
        double limited = policy.limited(shift);
        double effect = policy.limited(effective);
        return limited == shift && effect == effective
                ? this
                : new ElasticState(
                        limited,
                        effect,
                        effect == effective ? since : now,
                        steppedAt,
                        phase,
                        lastError,
                        unknownSince,
                        Optional.empty(),
                        notTheCauseSince);
    }
}
