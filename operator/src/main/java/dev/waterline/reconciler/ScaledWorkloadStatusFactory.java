package dev.waterline.reconciler;

import dev.waterline.api.v1alpha1.ScaledWorkloadStatus;
import dev.waterline.api.v1alpha1.ScaledWorkloadStatus.TriggerStatus;
import dev.waterline.decision.scaling.Proposal;
import dev.waterline.decision.scaling.ScalingSentence;
import dev.waterline.decision.scaling.ScalingStep;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes the status that people see out of the last report, and leaves it as it is while they would not notice a difference. */
final class ScaledWorkloadStatusFactory {
    private static final int REFRESHES_EACH_COOLDOWN = 4;
    private static final ScaledWorkloadStatus NONE =
            new ScaledWorkloadStatus(null, List.of(), null, null, null, null, List.of(), List.of(), null);

    private ScaledWorkloadStatusFactory() {}

    /** @param cooldown zero: it does not matter when a trigger was last active */
    static ScaledWorkloadStatus of(
            @Nullable ScaledWorkloadStatus earlier,
            long generation,
            ScalingReport report,
            ScalingRun run,
            Duration cooldown,
            Instant now) {
        var before = Objects.requireNonNullElse(earlier, NONE);
        var status = new ScaledWorkloadStatus(
                generation,
                conditions(before, generation, report, now),
                boxed(report.current()),
                report.step().map(step -> step.decision().to()).orElse(null),
                run.lastScale().map(ScaledWorkloadStatusFactory::time).orElse(null),
                run.lastActive().map(ScaledWorkloadStatusFactory::time).orElse(null),
                ScalingMemory.told(run.state().events()),
                report.paused()
                        ? before.triggers()
                        : report.step().map(step -> triggers(before, step, now)).orElse(List.of()),
                run.lastDecision().orElse(null));
        boolean same = notable(status).equals(notable(before)) && !isOutdated(before, run, cooldown);
        return same ? before : status;
    }

    private static List<Condition> conditions(
            ScaledWorkloadStatus before, long generation, ScalingReport report, Instant now) {
        var conditions = new ArrayList<>(Conditions.of(before.conditions(), report.facts(), generation, now));
        if (report.paused()) {
            var said = report.facts().stream().map(ConditionFact::type).collect(Collectors.toSet());
            before.conditions().stream()
                    .filter(condition -> !said.contains(condition.getType()))
                    .forEach(conditions::add);
        }
        return conditions;
    }

    private static List<TriggerStatus> triggers(ScaledWorkloadStatus before, ScalingStep step, Instant now) {
        Map<String, TriggerStatus> known = before.triggers().stream()
                .collect(Collectors.toMap(TriggerStatus::name, Function.identity(), (first, _) -> first));
        return step.proposals().stream()
                .map(proposal -> {
                    var trigger = trigger(proposal);
                    return withSince(
                            trigger,
                            Optional.ofNullable(known.get(trigger.name()))
                                    .filter(other -> other.active() == trigger.active()
                                            && Objects.equals(other.error(), trigger.error()))
                                    .map(TriggerStatus::since)
                                    .orElseGet(() -> time(now)));
                })
                .toList();
    }

    private static TriggerStatus trigger(Proposal proposal) {
        return switch (proposal) {
            case Proposal.Measured measured ->
                new TriggerStatus(
                        measured.trigger(),
                        ScalingSentence.number(measured.value()),
                        ScalingSentence.number(measured.target().threshold()),
                        measured.active() ? (Integer) measured.replicas() : null,
                        measured.active(),
                        null,
                        null);
            case Proposal.FallenBack fallen ->
                new TriggerStatus(
                        fallen.trigger(),
                        null,
                        ScalingSentence.number(fallen.target().threshold()),
                        fallen.replicas(),
                        fallen.active(),
                        error(fallen.failure()),
                        null);
            case Proposal.Failed failed ->
                new TriggerStatus(
                        failed.trigger(),
                        null,
                        ScalingSentence.number(failed.target().threshold()),
                        null,
                        false,
                        error(failed),
                        null);
        };
    }

    private static String error(Proposal.Failed failed) {
        return failed.cause() + ": " + failed.detail();
    }

    private static TriggerStatus withSince(TriggerStatus trigger, @Nullable String since) {
        return new TriggerStatus(
                trigger.name(),
                trigger.value(),
                trigger.target(),
                trigger.proposal(),
                trigger.active(),
                trigger.error(),
                since);
    }

    /** A status without what moves all the while. */
    private static ScaledWorkloadStatus notable(ScaledWorkloadStatus status) {
        return new ScaledWorkloadStatus(
                status.observedGeneration(),
                status.conditions(),
                status.currentReplicas(),
                status.desiredReplicas(),
                status.lastScaleTime(),
                null,
                status.scaleEvents(),
                status.triggers().stream()
                        .map(trigger -> new TriggerStatus(
                                trigger.name(), null, null, null, trigger.active(), trigger.error(), trigger.since()))
                        .toList(),
                status.lastDecision());
    }

    /** After a restart the cooldown counts from what stands in the status, so that must not fall far behind. */
    private static boolean isOutdated(ScaledWorkloadStatus before, ScalingRun run, Duration cooldown) {
        var written = before.lastActiveTime();
        if (run.lastActive().isEmpty() || cooldown.isZero()) {
            return false;
        }
        return written == null
                || Duration.between(Instant.parse(written), run.lastActive().get())
                                .compareTo(cooldown.dividedBy(REFRESHES_EACH_COOLDOWN))
                        >= 0;
    }

    private static @Nullable Integer boxed(OptionalInt number) {
        return number.isPresent() ? (Integer) number.getAsInt() : null;
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
