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
import dev.waterline.decision.scaling.ScalingPolicy.WhenFrozen;
import dev.waterline.decision.scaling.ScalingStep;
import dev.waterline.decision.scaling.TriggerReading;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** One evaluation of one workload: look at the target, read the triggers, ask the core, write the count. */
final class ScalingPass {
    /** A rollout changes its Deployment several times a second, and each change lets a write with a precondition fail. */
    private static final int ATTEMPTS = 5;

    private final ScaleTargets targets;
    private final FrozenTargets frozen;
    private final ScalingTelling telling;
    private final InstantSource clock;

    ScalingPass(ScaleTargets targets, FrozenTargets frozen, ScalingTelling telling, InstantSource clock) {
        this.targets = targets;
        this.frozen = frozen;
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
        var switches = ScalingAnnotations.of(resource).switches();
        var readings = switches.pause().isPresent() ? List.<TriggerReading>of() : TriggerReader.read(plan.triggers());
        for (int attempt = 1; ; attempt++) {
            var step = decide(run, plan.policy(), target, new ScalingInput(found.replicas(), readings, switches));
            if (!step.decision().isChange() || resource.getSpec().mode() == Mode.DryRun) {
                return unwritten(resource, run, plan.policy(), step);
            }
            int to = step.decision().to();
            var write = targets.write(target, found.resourceVersion(), to);
            if (!(write instanceof ScaleWrite.Conflict)) {
                return written(resource, run, plan.policy(), step, ScalingConditions.unwritable(target, to, write));
            }
            if (attempt == ATTEMPTS) {
                run.contended();
                run.remember(step.state());
                return report(resource, step, found.replicas(), Optional.empty());
            }
            read = targets.read(target);
            if (!(read instanceof ScaleRead.Found again)) {
                return unscalable(target, read);
            }
            found = again;
        }
    }

    /** Whether nodes are frozen is asked only where it would make a difference, as it takes a look at the target. */
    private ScalingStep decide(ScalingRun run, ScalingPolicy policy, ScaleTarget target, ScalingInput input) {
        var now = clock.instant();
        var step = ScalingStep.evaluate(policy, run.state(), input, now);
        return step.decision().to() > step.decision().from() && policy.whenFrozen() == WhenFrozen.HOLD
                ? frozen.frozenBy(target)
                        .map(by -> ScalingStep.evaluate(policy, run.state(), input.frozenBy(by), now))
                        .orElse(step)
                : step;
    }

    private ScalingReport unwritten(ScaledWorkload resource, ScalingRun run, ScalingPolicy policy, ScalingStep step) {
        boolean dryRun = resource.getSpec().mode() == Mode.DryRun;
        run.remember(step.state());
        telling.unwritten(resource, run, policy, step, dryRun, clock.instant());
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
        var now = clock.instant();
        run.remember(obstacle.isEmpty() ? step.scaled(policy, now) : step.state());
        if (obstacle.isEmpty()) {
            telling.scaled(resource, run, step, now);
        }
        int current =
                obstacle.isEmpty() ? step.decision().to() : step.decision().from();
        telling.measured(resource, policy, current, step, obstacle.isEmpty() ? "scaled" : "failed");
        return report(resource, step, current, obstacle);
    }

    private static ScalingReport report(
            ScaledWorkload resource, ScalingStep step, int current, Optional<ConditionFact> obstacle) {
        var annotations = ScalingAnnotations.of(resource);
        var facts = new ArrayList<ConditionFact>();
        facts.add(obstacle.or(() -> annotations.problem().map(ScalingConditions::badAnnotation))
                .orElseGet(() -> ScalingConditions.ready(resource.getSpec().mode())));
        if (!(step.decision() instanceof ScalingDecision.Paused)) {
            facts.add(ScalingConditions.active(step));
            facts.add(ScalingConditions.metrics(step));
            facts.add(ScalingConditions.fallback(resource.getSpec(), step));
            facts.add(ScalingConditions.limited(step.decision().limits()));
        }
        facts.add(ScalingConditions.paused(annotations.switches()));
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
