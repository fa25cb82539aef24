package dev.waterline.reconciler;

import dev.waterline.api.v1alpha1.Mode;
import dev.waterline.api.v1alpha1.ScaledWorkload;
import dev.waterline.cluster.ScaleRead;
import dev.waterline.cluster.ScaleTarget;
import dev.waterline.cluster.ScaleTargets;
import dev.waterline.cluster.ScaleWrite;
import dev.waterline.decision.scaling.ScalingDecision;
import dev.waterline.decision.scaling.ScalingInput;
import dev.waterline.decision.scaling.ScalingPolicy;
import dev.waterline.decision.scaling.ScalingStep;
import dev.waterline.decision.scaling.TriggerReading;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** One evaluation of one workload: look at the target, read the triggers, ask the core, write the count. */
final class ScalingPass {
    /** A rollout changes its Deployment several times a second, and each change lets a write with a precondition fail. */
    private static final int ATTEMPTS = 5;

    private final ScaleTargets targets;
    private final ScalingTelling telling;
    private final InstantSource clock;

    ScalingPass(ScaleTargets targets, ScalingTelling telling, InstantSource clock) {
        this.targets = targets;
        this.telling = telling;
        this.clock = clock;
    }

    ScalingReport evaluate(ScaledWorkload resource, ScalingRun run, ScalingPlan plan) {
        return switch (plan) {
            case ScalingPlan.Invalid invalid ->
                ScalingReport.undecided(ScalingConditions.invalid(invalid), OptionalInt.empty());
            case ScalingPlan.Usable usable -> evaluate(resource, run, usable);
        };
    }

    private ScalingReport evaluate(ScaledWorkload resource, ScalingRun run, ScalingPlan.Usable plan) {
        var target = target(resource);
        var read = targets.read(target);
        if (!(read instanceof ScaleRead.Found found)) {
            return unscalable(target, read);
        }
        var pause = ScalingPause.of(resource);
        if (pause.isPresent()) {
            var facts = List.of(ScalingConditions.ready(resource.getSpec().mode()), ScalingConditions.paused(pause));
            return ScalingReport.paused(facts, found.replicas());
        }
        var readings = TriggerReader.read(plan.triggers());
        for (int attempt = 1; ; attempt++) {
            var step = decide(run, plan.policy(), found, readings);
            if (!(step.decision() instanceof ScalingDecision.Change change)
                    || resource.getSpec().mode() == Mode.DryRun) {
                return unwritten(resource, run, plan.policy(), step);
            }
            var write = targets.write(target, found.resourceVersion(), change.to());
            if (!(write instanceof ScaleWrite.Conflict)) {
                return written(
                        resource, run, plan.policy(), step, ScalingConditions.unwritable(target, change.to(), write));
            }
            if (attempt == ATTEMPTS) {
                run.contended();
                return report(resource, step, found.replicas(), Optional.empty());
            }
            read = targets.read(target);
            if (!(read instanceof ScaleRead.Found again)) {
                return unscalable(target, read);
            }
            found = again;
        }
    }

    private ScalingStep decide(
            ScalingRun run, ScalingPolicy policy, ScaleRead.Found found, List<TriggerReading> readings) {
        var now = clock.instant();
        var step = ScalingStep.evaluate(policy, run.state(), new ScalingInput(found.replicas(), readings), now);
        run.remember(step.state());
        return step;
    }

    private ScalingReport unwritten(ScaledWorkload resource, ScalingRun run, ScalingPolicy policy, ScalingStep step) {
        boolean dryRun = resource.getSpec().mode() == Mode.DryRun;
        telling.unwritten(resource, run, step.decision(), dryRun, clock.instant());
        telling.measured(
                resource,
                policy,
                step.decision().from(),
                step,
                switch (step.decision()) {
                    case ScalingDecision.Change _ -> "dryRun";
                    case ScalingDecision.Keep _ -> "unchanged";
                    case ScalingDecision.Hold _ -> "held";
                    case ScalingDecision.Paused _ -> "paused";
                });
        return report(resource, step, step.decision().from(), Optional.empty());
    }

    /** @param obstacle why it was not carried out; empty: it was */
    private ScalingReport written(
            ScaledWorkload resource,
            ScalingRun run,
            ScalingPolicy policy,
            ScalingStep step,
            Optional<ConditionFact> obstacle) {
        if (obstacle.isEmpty()) {
            telling.scaled(resource, run, step.decision(), clock.instant());
        }
        int current =
                obstacle.isEmpty() ? step.decision().to() : step.decision().from();
        telling.measured(resource, policy, current, step, obstacle.isEmpty() ? "scaled" : "failed");
        return report(resource, step, current, obstacle);
    }

    private static ScalingReport report(
            ScaledWorkload resource, ScalingStep step, int current, Optional<ConditionFact> obstacle) {
        var facts = List.of(
                obstacle.orElseGet(
                        () -> ScalingConditions.ready(resource.getSpec().mode())),
                ScalingConditions.active(step),
                ScalingConditions.metrics(step),
                ScalingConditions.paused(Optional.empty()),
                ScalingConditions.limited(step.decision().limits()));
        return ScalingReport.decided(facts, current, step);
    }

    private static ScalingReport unscalable(ScaleTarget target, ScaleRead read) {
        return ScalingReport.undecided(
                ScalingConditions.unscalable(target, read).orElseThrow(), OptionalInt.empty());
    }

    private static ScaleTarget target(ScaledWorkload resource) {
        var ref = resource.getSpec().scaleTargetRef();
        return new ScaleTarget(
                ref.apiVersion(), ref.kind(), resource.getMetadata().getNamespace(), ref.name());
    }
}
