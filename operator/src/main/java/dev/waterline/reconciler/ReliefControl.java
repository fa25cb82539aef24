package dev.waterline.reconciler;

import dev.waterline.api.v1alpha1.Mode;
import dev.waterline.api.v1alpha1.PriorityWaterline;
import dev.waterline.cluster.NodeIndex;
import dev.waterline.cluster.NodeSummary;
import dev.waterline.decision.pressure.PressurePolicy;
import dev.waterline.decision.relief.Heat;
import dev.waterline.decision.relief.ReliefPlan;
import dev.waterline.decision.relief.ReliefStep;
import dev.waterline.relief.Relief;
import dev.waterline.relief.ReliefWish;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Finds out, pass by pass, what a PriorityWaterline wants of relief, and hands it on. */
public final class ReliefControl {
    static final String RELIEF = "Relief";

    private final Relief relief;
    private final ReliefTelling telling;
    private final NodeIndex nodes;

    /** By UID of the waterline. */
    private final Map<String, ReliefPlan> plans = new ConcurrentHashMap<>();

    public ReliefControl(Relief relief, ReliefTelling telling, NodeIndex nodes) {
        this.relief = relief;
        this.telling = telling;
        this.nodes = nodes;
    }

    /** A pass has been made over the nodes, or somebody keeps it from being made. */
    void evaluated(PriorityWaterline resource, WaterlineRun run, PressurePolicy policy, Switch switched, Instant now) {
        var uid = resource.getMetadata().getUid();
        telling.introduce(resource);
        run.decided(telling.newDecisions(uid));
        switch (switched) {
            case PAUSED -> relief.submit(uid, new ReliefWish.Hold());
            case THAW_ALL -> {
                plans.remove(uid);
                relief.submit(uid, ReliefWish.nothing());
            }
            case NONE -> {
                var before = Optional.ofNullable(plans.get(uid))
                        .map(ReliefPlan::heat)
                        .orElseGet(Heat::none);
                var freshFor = policy.timing().maxGap();
                var plan = ReliefStep.evaluate(
                        ReliefMapper.tiers(resource.getSpec(), policy),
                        run.states(),
                        run.answers(),
                        freshFor,
                        node -> run.summary().isEvictionSuspended(zone(node)),
                        before,
                        now);
                plans.put(uid, plan);
                relief.submit(
                        uid,
                        new ReliefWish.Act(
                                resource.getSpec().mode() == Mode.Enforce, plan.throttle(), plan.evict(), freshFor));
            }
        }
    }

    private String zone(String node) {
        return nodes.get(node).map(NodeSummary::zone).orElse("");
    }

    /** The spec cannot be decided on. */
    void unresolved(PriorityWaterline resource, Switch switched) {
        telling.introduce(resource);
        boolean restores = switched == Switch.THAW_ALL || resource.getSpec().mode() == Mode.DryRun;
        relief.submit(resource.getMetadata().getUid(), restores ? ReliefWish.nothing() : new ReliefWish.Hold());
    }

    /**
     * The resource is about to go.
     *
     * @return whether nothing is throttled for it any more
     */
    boolean withdrawn(String uid) {
        relief.withdraw(uid);
        plans.remove(uid);
        return !relief.holds(uid);
    }

    /** The resource is gone. */
    void forget(String uid) {
        telling.forget(uid);
    }

    /** Empty where the spec has no relief. */
    Optional<ConditionFact> condition(PriorityWaterline resource) {
        var uid = resource.getMetadata().getUid();
        int throttled = telling.throttledPods(uid);
        if (throttled == 0 && resource.getSpec().tiers().stream().allMatch(tier -> tier.relief() == null)) {
            return Optional.empty();
        }
        var problem = telling.usageProblem(uid);
        if (problem.isPresent()) {
            return Optional.of(
                    new ConditionFact(RELIEF, false, "UsageUnavailable", "Nothing is evicted: " + problem.get() + "."));
        }
        if (resource.getSpec().mode() == Mode.DryRun) {
            return Optional.of(new ConditionFact(
                    RELIEF, false, "DryRun", "Relief is rehearsed and reported, and touches nothing."));
        }
        boolean asked = Optional.ofNullable(plans.get(uid))
                .filter(plan -> !plan.evict().isEmpty()
                        || plan.throttle().stream().anyMatch(ask -> ask.hot().isPresent()))
                .isPresent();
        return Optional.of(
                asked || throttled > 0
                        ? new ConditionFact(
                                RELIEF,
                                true,
                                "Active",
                                "Frozen nodes stay hot: pods are throttled or evicted; the nodes' events say which.")
                        : new ConditionFact(RELIEF, false, "NotNeeded", "No frozen node asks for relief."));
    }
}
