package dev.waterline.reconciler;

import dev.waterline.api.v1alpha1.ScaledWorkload;
import dev.waterline.api.v1alpha1.ScaledWorkloadStatus.Decision;
import dev.waterline.decision.scaling.ScalingState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is remembered of one workload between passes. Own status writes come back as events; this is how they are told from a
 * poll that is due or an edit. A pass of one workload never overlaps another, so nothing here is guarded.
 */
final class ScalingRun {
    private static final Duration AFTER_CONTENTION = Duration.ofSeconds(1);

    private final String namespace;
    private final String name;
    private final int phase;
    private ScalingState state;
    private Optional<Instant> lastScale;
    private Optional<Decision> lastDecision;
    private Instant stabilized = Instant.MIN;
    private Optional<ScalingReport> report = Optional.empty();
    private Instant due = Instant.MIN;
    private boolean contended;
    private long seenGeneration;
    private Optional<ScalingAnnotations> seenAnnotations = Optional.empty();

    ScalingRun(ScaledWorkload resource) {
        var status = Optional.ofNullable(resource.getStatus());
        namespace = resource.getMetadata().getNamespace();
        name = resource.getMetadata().getName();
        phase = resource.getMetadata().getUid().hashCode();
        state = ScalingMemory.of(resource);
        lastScale = status.flatMap(before -> Optional.ofNullable(before.lastScaleTime()))
                .map(Instant::parse);
        lastDecision = status.flatMap(before -> Optional.ofNullable(before.lastDecision()));
    }

    boolean isDue(ScaledWorkload resource, Instant now) {
        return report.isEmpty()
                || !now.isBefore(due)
                || resource.getMetadata().getGeneration() != seenGeneration
                || !Optional.of(ScalingAnnotations.of(resource)).equals(seenAnnotations);
    }

    void evaluated(ScaledWorkload resource, ScalingReport evaluation, Instant now) {
        report = Optional.of(evaluation);
        seenGeneration = resource.getMetadata().getGeneration();
        seenAnnotations = Optional.of(ScalingAnnotations.of(resource));
        due = contended
                ? now.plus(AFTER_CONTENTION)
                : nextPoll(Duration.ofSeconds(resource.getSpec().pollingInterval()), now);
        contended = false;
    }

    /** The evaluation under way could not write because of others, so the next one does not wait for its interval. */
    void contended() {
        contended = true;
    }

    Instant due() {
        return due;
    }

    /** What the core remembers. */
    ScalingState state() {
        return state;
    }

    void remember(ScalingState next) {
        state = next;
    }

    void scaled(Instant now) {
        lastScale = Optional.of(now);
    }

    /** A stabilization window holds the count. */
    void stabilized(Instant now) {
        stabilized = now;
    }

    boolean wasStabilizedAfter(Instant moment) {
        return stabilized.isAfter(moment);
    }

    void decided(Decision decision) {
        lastDecision = Optional.of(decision);
    }

    Optional<Instant> lastActive() {
        return state.lastActive();
    }

    Optional<Instant> lastScale() {
        return lastScale;
    }

    Optional<Decision> lastDecision() {
        return lastDecision;
    }

    Optional<ScalingReport> report() {
        return report;
    }

    String namespace() {
        return namespace;
    }

    String name() {
        return name;
    }

    /** Each workload polls at its own fixed offset, so that thousands of them do not poll in the same instant. */
    private Instant nextPoll(Duration interval, Instant now) {
        long period = interval.toMillis();
        return now.plusMillis(period - Math.floorMod(now.toEpochMilli() - phase, period));
    }
}
