package dev.waterline.reconciler;

import dev.waterline.api.v1alpha1.ElasticMode;
import dev.waterline.api.v1alpha1.ElasticStatus;
import dev.waterline.api.v1alpha1.PriorityWaterline;
import dev.waterline.cluster.EventRecorder;
import dev.waterline.cluster.NodeSummary;
import dev.waterline.cluster.PodSummary;
import dev.waterline.decision.elastic.BudgetBurn;
import dev.waterline.decision.elastic.ElasticController;
import dev.waterline.decision.elastic.ElasticPhase;
import dev.waterline.decision.elastic.ElasticSentence;
import dev.waterline.decision.pressure.Ladder;
import dev.waterline.decision.pressure.Shift;
import dev.waterline.decision.reading.Reading;
import dev.waterline.telemetry.ElasticMeters;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the thresholds of each PriorityWaterline follow its service level objective: asks ahead of each step and takes the answer
 * in a later pass, so that a slow server of the objective never holds up a decision about a node.
 */
public final class ElasticControl {
    private static final String ACTION = "Evaluate";
    private static final Logger log = LoggerFactory.getLogger(ElasticControl.class);

    private final ElasticController controller;
    private final SloReader reader;
    private final Supplier<Collection<PodSummary>> pods;
    private final EventRecorder events;
    private final ElasticMeters meters;
    private final ConcurrentHashMap<String, ElasticRun> runs = new ConcurrentHashMap<>();

    /** @param pods every pod of the cluster */
    public ElasticControl(
            ElasticController controller,
            SloReader reader,
            Supplier<Collection<PodSummary>> pods,
            EventRecorder events,
            ElasticMeters meters) {
        this.controller = controller;
        this.reader = reader;
        this.pods = pods;
        this.events = events;
        this.meters = meters;
    }

    /**
     * By how much the thresholds move now: not at all without an objective, or in mode Shadow. If a step is due and its answer
     * has come, it is taken first.
     */
    Shift shift(PriorityWaterline resource, Switch switched, Instant now) {
        var elastic = resource.getSpec().elastic();
        if (elastic == null) {
            forget(resource);
            return Shift.NONE;
        }
        var run = runs.computeIfAbsent(uid(resource), _ -> ElasticRun.restored(elastic, statusOf(resource), now));
        run.under(elastic, now);
        if (switched == Switch.NONE && controller.isDue(run.state(), now)) {
            run.answer(now).ifPresent(answer -> step(resource, run, answer, now));
        }
        meters.shift(
                resource.getMetadata().getName(), run.mode().name(), run.state().effective());
        return run.mode() == ElasticMode.Active ? new Shift(run.state().effective()) : Shift.NONE;
    }

    /** Asks for the next step, if the next pass is to take one. */
    void prepare(PriorityWaterline resource, Ladder ladder, List<NodeSummary> nodes, Instant now) {
        var elastic = resource.getSpec().elastic();
        var run = runs.get(uid(resource));
        if (elastic == null || run == null || run.isAsking()) {
            return;
        }
        if (controller.isDue(run.state(), now.plus(PolicyMapper.interval(resource.getSpec())))) {
            run.ask(reader.read(elastic.slo(), run.policy()), LowerTierShare.of(ladder, pods.get(), nodes), now);
        }
    }

    private void step(PriorityWaterline resource, ElasticRun run, ElasticRun.Answer answer, Instant now) {
        var before = run.state();
        var told = fact(run);
        var burn = answer.burn();
        var after = controller.step(run.policy(), before, burn, answer.lowerTiers(), now);
        run.stepped(after, burn);
        measured(resource.getMetadata().getName(), burn);
        if (after.effective() != before.effective()) {
            var sentence =
                    (run.mode() == ElasticMode.Shadow ? "Shadow: " : "") + ElasticSentence.moved(before, after, burn);
            log.info("{}: {}", resource.getMetadata().getName(), sentence);
            events.normal(resource, "ElasticShift", ACTION, sentence);
        }
        var fact = fact(run);
        if (!fact.status() && !fact.reason().equals(told.reason())) {
            events.warning(resource, fact.reason(), ACTION, fact.message());
        }
    }

    private void measured(String name, BudgetBurn burn) {
        if (burn instanceof BudgetBurn.Measured(double fast, double slow)) {
            meters.burn(name, fast, slow);
        } else {
            meters.noBurn(name);
        }
    }

    /** Empty without an objective. */
    Optional<ConditionFact> condition(PriorityWaterline resource) {
        return Optional.ofNullable(runs.get(uid(resource))).map(ElasticControl::fact);
    }

    private static ConditionFact fact(ElasticRun run) {
        var state = run.state();
        var burn = run.burn();
        var reason = switch (state.phase()) {
            case Following -> run.mode() == ElasticMode.Shadow ? "Shadow" : "Following";
            case NotTheCause -> "SLONotCausedByColocation";
            case Waiting, Holding, Returning ->
                burn.isPresent() && burn.get() instanceof BudgetBurn.Unknown(Reading.Unavailable unknown)
                        ? unknown.cause().name()
                        : "Waiting";
        };
        return new ConditionFact(
                PressureConditions.ELASTIC,
                state.phase() == ElasticPhase.Following,
                reason,
                ElasticSentence.state(state, burn));
    }

    /** What the status says of it; null without an objective. */
    @Nullable ElasticStatus status(PriorityWaterline resource) {
        var run = runs.get(uid(resource));
        if (run == null) {
            return null;
        }
        var before = statusOf(resource);
        var state = run.state();
        return new ElasticStatus(
                run.mode().name(),
                state.effective(),
                state.since().toString(),
                state.phase().name(),
                CoarseBurn.of(before == null ? null : before.burn(), run.burn()));
    }

    void forget(PriorityWaterline resource) {
        if (runs.remove(uid(resource)) != null) {
            meters.forget(resource.getMetadata().getName());
        }
    }

    private static @Nullable ElasticStatus statusOf(PriorityWaterline resource) {
        return resource.getStatus() == null ? null : resource.getStatus().elastic();
    }

    private static String uid(PriorityWaterline resource) {
        return resource.getMetadata().getUid();
    }
}
