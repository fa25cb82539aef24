package dev.waterline.decision.elastic;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Moves the shift: a PI controller in velocity form on the logarithm of the error budget's burn.
 *
 * <pre>
 * e  = clamp(ln(0.8 / max(burn, 0.001)), -2, 1), or 0 within ±0.1
 * ΔW = 2.0 · (e - e_prev) + 0.6 · e, at most +0.5 and -3 points a minute, and not above 0 while the slow window burns above 1
 * W  = W + ΔW, within the policy's limits
 * </pre>
 *
 * <p>The logarithm makes the convex curve of errors over load nearly a line. The velocity form keeps the limited W and no sum
 * of errors, so it cannot wind up at a limit. It falls six times as fast as it rises: an objective that is missed costs more
 * than capacity that is found late. It aims at a burn of 0.8, so that noise around the aim stays inside the objective.
 *
 * <p>Near an operating point ln(burn) ≈ g · W, seen d steps later; the gains keep the spectral radius of that loop below 0.94
 * for g = 0.15 and d = 0 to 8. How much more gain it bears is in ADR 11.
 *
 * <p>An unknown burn never moves the shift away from 0: it is held for ten minutes and then goes back at the pace at which it
 * would rise, to the thresholds that people wrote. NaN cannot come in: burns are checked where they are made, and a state
 * refuses a shift that is not finite.
 */
public final class ElasticController {
    /** The period that the gains were chosen for, and the one that is shipped. */
    public static final Duration PERIOD = Duration.ofSeconds(60);

    static final double PROPORTIONAL = 2.0;
    static final double INTEGRAL = 0.6;
    private static final double TARGET = 0.8;
    private static final double SMALLEST_BURN = 0.001;
    private static final double LARGEST_FALL = -2;
    private static final double LARGEST_RISE = 1;
    private static final double DEAD_BAND = 0.1;
    private static final double UP_PER_MINUTE = 0.5;
    private static final double DOWN_PER_MINUTE = 3;

    private static final Duration HOLD = Duration.ofMinutes(10);
    private static final Duration EXHAUSTED_FOR = Duration.ofMinutes(10);
    private static final double NEGLIGIBLE_SHARE = 0.05;

    /** So long after the verdict it is tried again whether the lower tiers matter. */
    private static final Duration REVIEW = Duration.ofHours(2);

    private final Duration period;
    private final double minutes;

    /** @param period of the steps, above 0; limits and integral gain are scaled to it */
    public ElasticController(Duration period) {
        if (!period.isPositive()) {
            throw new IllegalArgumentException("a period must be positive, not " + period);
        }
        this.period = period;
        this.minutes = period.toMillis() / 60_000.0;
    }

    /** Whether a step may be taken now. A clock that was set back or forth by a period or more costs or gains one step. */
    public boolean isDue(ElasticState state, Instant now) {
        return Duration.between(state.steppedAt(), now).abs().compareTo(period) >= 0;
    }

    /**
     * One step, of a period's size however late it comes.
     *
     * @param lowerTiers the share of the pool that the tiers which can freeze take, 0 or more; empty: unknown, and then they are
     *     never acquitted
     */
    public ElasticState step(
            ElasticPolicy policy, ElasticState before, BudgetBurn burn, OptionalDouble lowerTiers, Instant now) {
        var state = before.within(policy, now);
        return switch (burn) {
            case BudgetBurn.Unknown _ -> blind(policy, state, now);
            case BudgetBurn.Measured measured -> {
                boolean acquitted = state.notTheCauseSince()
                        .filter(since -> measured.fast() > 1
                                && Duration.between(since, now).compareTo(REVIEW) < 0)
                        .isPresent();
                yield acquitted ? released(policy, state, now) : follow(policy, state, measured, lowerTiers, now);
            }
        };
    }

    private ElasticState follow(
            ElasticPolicy policy,
            ElasticState state,
            BudgetBurn.Measured burn,
            OptionalDouble lowerTiers,
            Instant now) {
        double error = error(burn.fast());
        double change = PROPORTIONAL * (error - state.lastError().orElse(error)) + INTEGRAL * minutes * error;
        double slewed = Math.clamp(change, -DOWN_PER_MINUTE * minutes, UP_PER_MINUTE * minutes);
        double shift = policy.limited(state.shift() + (burn.slow() > 1 ? Math.min(slewed, 0) : slewed));
        boolean exhausted = shift == policy.minShift() && shift < 0 && burn.fast() > 1 && isNegligible(lowerTiers);
        var exhaustedSince = exhausted ? Optional.of(began(state.exhaustedSince(), now)) : Optional.<Instant>empty();
        if (exhaustedSince
                .filter(since -> Duration.between(since, now).compareTo(EXHAUSTED_FOR) >= 0)
                .isPresent()) {
            return released(policy, state, now);
        }
        return moved(
                state,
                shift,
                now,
                ElasticPhase.Following,
                OptionalDouble.of(error),
                Optional.empty(),
                exhaustedSince,
                Optional.empty());
    }

    private ElasticState released(ElasticPolicy policy, ElasticState state, Instant now) {
        return moved(
                state,
                policy.limited(towardZero(state.shift())),
                now,
                ElasticPhase.NotTheCause,
                OptionalDouble.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(began(state.notTheCauseSince(), now)));
    }

    private ElasticState blind(ElasticPolicy policy, ElasticState state, Instant now) {
        var since = began(state.unknownSince(), now);
        boolean held = Duration.between(since, now).compareTo(HOLD) < 0;
        return moved(
                state,
                policy.limited(held ? state.shift() : towardZero(state.shift())),
                now,
                held ? ElasticPhase.Holding : ElasticPhase.Returning,
                held ? state.lastError() : OptionalDouble.empty(),
                Optional.of(since),
                Optional.empty(),
                state.notTheCauseSince());
    }

    private static ElasticState moved(
            ElasticState state,
            double shift,
            Instant now,
            ElasticPhase phase,
            OptionalDouble lastError,
            Optional<Instant> unknownSince,
            Optional<Instant> exhaustedSince,
            Optional<Instant> notTheCauseSince) {
        // Cut off, not rounded: rounding would flip to and fro, and move by more than the slew limit allows.
        double effective =
                state.effective() + ElasticState.STEP * (long) ((shift - state.effective()) / ElasticState.STEP);
        return new ElasticState(
                shift,
                effective,
                effective == state.effective() ? state.since() : now,
                now,
                phase,
                lastError,
                unknownSince,
                exhaustedSince,
                notTheCauseSince);
    }

    private static double error(double burn) {
        double error = Math.clamp(Math.log(TARGET / Math.max(burn, SMALLEST_BURN)), LARGEST_FALL, LARGEST_RISE);
        return Math.abs(error) <= DEAD_BAND ? 0 : error;
    }

    private static boolean isNegligible(OptionalDouble share) {
        return share.isPresent() && share.getAsDouble() >= 0 && share.getAsDouble() < NEGLIGIBLE_SHARE;
    }

    private double towardZero(double shift) {
        double step = Math.min(Math.abs(shift), UP_PER_MINUTE * minutes);
        return shift - Math.copySign(step, shift);
    }

    /** When something that holds now began. A time that lies ahead, because the clock was set back, counts as now. */
    private static Instant began(Optional<Instant> since, Instant now) {
        return since.filter(known -> known.isBefore(now)).orElse(now);
    }
}
