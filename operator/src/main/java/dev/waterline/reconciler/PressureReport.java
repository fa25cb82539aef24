package dev.waterline.reconciler;

import dev.waterline.api.v1alpha1.Mode;
import dev.waterline.api.v1alpha1.PriorityWaterline;
import dev.waterline.cluster.DaemonSetIndex;
import dev.waterline.cluster.Tolerations;
import dev.waterline.decision.pressure.PressurePolicy;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Gathers the conditions of a PriorityWaterline from whoever knows, and publishes them with the rest of its status. */
final class PressureReport {
    private final DaemonSetIndex daemonSets;
    private final Tolerations tolerations;
    private final EnforcementReport enforcement;
    private final ReliefControl relief;
    private final ElasticControl elastic;
    private final Windows windows;
    private final PressureTelling telling;
    private final StatusPublisher statuses;

    PressureReport(PriorityWaterlineParts parts, Windows windows, PressureTelling telling) {
        this.daemonSets = parts.daemonSets();
        this.tolerations = parts.tolerations();
        this.enforcement = parts.enforcement();
        this.relief = parts.relief();
        this.elastic = parts.elastic();
        this.windows = windows;
        this.telling = telling;
        this.statuses = new StatusPublisher(parts.client());
    }

    /** @param selected how many nodes the resource selects */
    void decided(
            PriorityWaterline resource,
            WaterlineRun run,
            PressurePolicy policy,
            WindowsNow calendar,
            int selected,
            Instant now) {
        var spec = resource.getSpec();
        var told = windows.report(resource, calendar, now);
        var metrics = PressureConditions.metrics(spec.signals(), run.summary(), selected, run.unmatched());
        telling.metrics(resource, metrics);
        boolean enforced = spec.mode() == Mode.Enforce;
        var facts = new ArrayList<ConditionFact>();
        facts.add(PressureConditions.ready(Switch.of(resource), policy.ladder(), calendar.problems()));
        facts.add(metrics);
        facts.add(PressureConditions.engaged(run.contributions().size()));
        facts.add(telling.starved(resource, PoolConditions.starved(run.summary(), policy.limits())));
        facts.add(
                enforced
                        ? PressureConditions.enforced(obstacles(policy), enforcement.isAcknowledged())
                        : PressureConditions.dryRun());
        facts.add(DaemonSetConditions.of(
                daemonSets.notTolerating(enforced ? run.contributions().keySet() : Set.of())));
        told.settlement().ifPresent(facts::add);
        relief.condition(resource).ifPresent(facts::add);
        PoolConditions.reliefSuspended(spec, run.summary()).ifPresent(facts::add);
        elastic.condition(resource).ifPresent(facts::add);
        statuses.publish(
                resource,
                PriorityWaterlineStatusFactory.of(
                        resource.getStatus(),
                        resource.getMetadata().getGeneration(),
                        conditions(resource, facts, now),
                        policy,
                        run,
                        told.statuses(),
                        elastic.status(resource)));
    }

    /** The spec cannot be decided on. */
    void undecided(PriorityWaterline resource, WaterlineRun run, PolicyResolution.Unresolved why, Instant now) {
        telling.unresolved(resource, why);
        var facts = List.of(
                PressureConditions.unresolved(why),
                PressureConditions.engaged(run.contributions().size()));
        statuses.publish(
                resource,
                PriorityWaterlineStatusFactory.undecided(
                        resource.getStatus(),
                        resource.getMetadata().getGeneration(),
                        conditions(resource, facts, now)));
    }

    private static List<Condition> conditions(PriorityWaterline resource, List<ConditionFact> facts, Instant now) {
        return Conditions.of(shown(resource), facts, resource.getMetadata().getGeneration(), now);
    }

    /** The conditions as they stand. */
    static List<Condition> shown(PriorityWaterline resource) {
        return resource.getStatus() == null ? List.of() : resource.getStatus().conditions();
    }

    private List<String> obstacles(PressurePolicy policy) {
        return policy.ladder().floors().stream()
                .filter(floor -> !tolerations.isProven(floor))
                .map(floor -> tolerations
                        .obstacle(floor)
                        .orElse("floor " + floor + " waits for its tolerations to be proven"))
                .toList();
    }
}
