package dev.waterline.decision.window;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether protected work will be done by its deadline. It informs and does not act.
 *
 * <p>For each unfinished Job, required = remaining tasks × mean duration of a task ÷ tasks that run ({@link JobPace}). The
 * Jobs run side by side, so the longest counts. With <em>left</em> the time to the deadline:
 *
 * <ul>
 *   <li>{@code OnTrack} while required ≤ 0.9 × left: a tenth is kept for what nobody foresees.
 *   <li>{@code AtRisk} above that, or when no task of a Job has run for a minute since the start of the window.
 *   <li>{@code Critical} above 1.0 × left, or when a Job has failed for good. In the last tenth of the term everything that
 *       would be AtRisk is Critical: nothing is left of what was kept.
 * </ul>
 *
 * <p>It leaves AtRisk at 0.8 × left and Critical at 0.9 × left, so that a pace which wavers around a limit does not flap.
 */
public final class SettlementLedger {
    private static final double FEASIBLE = 0.9;
    private static final double LAST = 0.1;
    private static final double HYSTERESIS = 0.1;
    private static final Duration STALLED_AFTER = Duration.ofMinutes(1);
    private static final List<Duration> STEPS = List.of(
            Duration.ofHours(6),
            Duration.ofHours(1),
            Duration.ofMinutes(15),
            Duration.ofMinutes(5),
            Duration.ofMinutes(1),
            Duration.ofSeconds(10));
    private static final int STEPS_A_TERM = 10;

    private final SettlementTerm term;
    private final Optional<Settlement> before;
    private final Instant now;

    private SettlementLedger(SettlementTerm term, Optional<Settlement> before, Instant now) {
        this.term = term;
        this.before = before;
        this.now = now;
    }

    /**
     * @param jobs every Job that the selector picks, of this term or not
     * @param before what was said last; of another term, it is of no account
     */
    public static Settlement assess(
            SettlementTerm term, Collection<ProtectedJob> jobs, Optional<Settlement> before, Instant now) {
        var ofThisTerm = before.filter(settlement -> settlement.term().equals(term));
        if (ofThisTerm.filter(settlement -> settlement.isFinal(now)).isPresent()) {
            return ofThisTerm.get();
        }
        return new SettlementLedger(term, ofThisTerm, now)
                .assess(jobs.stream().filter(job -> job.belongsTo(term)).toList());
    }

    /** An unfinished Job that may yet finish, and how fast it goes. */
    private record Watched(ProtectedJob job, JobPace pace) {}

    private Settlement assess(List<ProtectedJob> jobs) {
        var open = jobs.stream()
                .filter(job -> !job.hasSucceededBy(term.deadline()))
                .toList();
        var failed = open.stream().filter(ProtectedJob::hasFailed).toList();
        var watched = open.stream()
                .filter(job -> !job.hasFailed())
                .map(job -> new Watched(job, pace(job)))
                .toList();
        var stalled = watched.stream().filter(this::isStalled).toList();
        var required = watched.stream()
                .map(one -> one.pace().required(one.job()))
                .max(Duration::compareTo)
                .filter(_ -> now.isBefore(term.deadline()));
        var paces = new HashMap<String, JobPace>();
        watched.forEach(one -> paces.put(one.job().name(), one.pace()));
        return new Settlement(
                term,
                state(jobs, open, !failed.isEmpty(), !stalled.isEmpty(), required),
                jobs.size(),
                jobs.size() - open.size(),
                required,
                required.map(this::shown),
                names(watched.stream().map(Watched::job)),
                names(stalled.stream().map(Watched::job)),
                names(failed.stream()),
                paces,
                Optional.empty());
    }

    private SettlementState state(
            List<ProtectedJob> jobs,
            List<ProtectedJob> open,
            boolean failing,
            boolean stalled,
            Optional<Duration> required) {
        if (jobs.isEmpty()) {
            // Jobs that succeeded may have been cleared away.
            return before.map(Settlement::state)
                    .filter(state -> state == SettlementState.Met)
                    .orElse(SettlementState.NoWork);
        }
        if (open.isEmpty()) {
            return SettlementState.Met;
        }
        return now.isBefore(term.deadline())
                ? pressing(failing, stalled, required.orElse(Duration.ZERO))
                : SettlementState.Missed;
    }

    private SettlementState pressing(boolean failing, boolean stalled, Duration required) {
        double left = Duration.between(now, term.deadline()).toMillis();
        double share = required.toMillis() / left;
        if (failing || share > limit(1, SettlementState.Critical)) {
            return SettlementState.Critical;
        }
        if (stalled || share > limit(FEASIBLE, SettlementState.AtRisk)) {
            return left < LAST * term.length().toMillis() ? SettlementState.Critical : SettlementState.AtRisk;
        }
        return SettlementState.OnTrack;
    }

    private double limit(double enter, SettlementState state) {
        boolean inside = before.filter(settlement ->
                        settlement.state().isPressing() && settlement.state().compareTo(state) >= 0)
                .isPresent();
        return inside ? enter - HYSTERESIS : enter;
    }

    private JobPace pace(ProtectedJob job) {
        var known = before.map(Settlement::paces).map(paces -> paces.get(job.name()));
        // A process that has just started does not know since when nothing runs; what was published last tells.
        boolean wasPressing =
                before.filter(settlement -> settlement.state().isPressing()).isPresent();
        return known.map(pace -> pace.next(job, now))
                .orElseGet(() -> JobPace.first(job, wasPressing ? term.start() : now, now));
    }

    private boolean isStalled(Watched watched) {
        var ranAt = watched.pace().ranAt();
        var since = ranAt.isAfter(term.start()) ? ranAt : term.start();
        return watched.job().running() == 0 && Duration.between(since, now).compareTo(STALLED_AFTER) >= 0;
    }

    private Duration shown(Duration required) {
        var step = STEPS.stream()
                .filter(candidate -> candidate.multipliedBy(STEPS_A_TERM).compareTo(term.length()) <= 0)
                .findFirst()
                .orElse(STEPS.getLast());
        return before.flatMap(Settlement::shown)
                .filter(last -> required.compareTo(last.plus(step.dividedBy(2))) <= 0)
                .filter(last ->
                        required.compareTo(last.minus(step.multipliedBy(3).dividedBy(2))) >= 0)
                .orElseGet(() -> step.multipliedBy(Math.ceilDiv(required.toMillis(), step.toMillis())));
    }

    private static List<String> names(Stream<ProtectedJob> jobs) {
        return jobs.map(ProtectedJob::name).sorted().toList();
    }
}
