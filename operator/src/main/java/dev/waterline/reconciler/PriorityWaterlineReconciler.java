package dev.waterline.reconciler;

import dev.waterline.api.v1alpha1.Mode;
import dev.waterline.api.v1alpha1.PriorityWaterline;
import dev.waterline.api.v1alpha1.WaterlineAnnotations;
import dev.waterline.arbiter.Arbiter;
import dev.waterline.arbiter.Enforcer;
import dev.waterline.cluster.FieldManager;
import dev.waterline.cluster.FreezeAnnotation;
import dev.waterline.cluster.NodeIndex;
import dev.waterline.cluster.NodeSummary;
import dev.waterline.cluster.Tolerations;
import dev.waterline.decision.override.NodeOverride;
import dev.waterline.decision.pressure.Ladder;
import dev.waterline.decision.pressure.PressurePolicy;
import dev.waterline.decision.pressure.PressureStep;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Evaluates all nodes of one PriorityWaterline once an interval, and at once when somebody edits it. */
@ControllerConfiguration(
        name = "prioritywaterline",
        fieldManager = FieldManager.NAME,
        finalizerName = "waterline.dev/thaw",
        generationAwareEventProcessing = false,
        informer = @Informer(comparableResourceVersions = false),
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 60, timeUnit = TimeUnit.SECONDS))
public final class PriorityWaterlineReconciler implements Reconciler<PriorityWaterline>, Cleaner<PriorityWaterline> {
    private static final Duration SOONEST = Duration.ofMillis(50);
    private static final Duration THAW_CHECK = Duration.ofMillis(500);

    private final PolicyMapper mapper;
    private final SignalReader signals;
    private final NodeIndex nodes;
    private final PoolObserver pool;
    private final WaterlineRuns runs;
    private final FreezeRestoration restoration;
    private final Arbiter arbiter;
    private final Enforcer enforcer;
    private final Tolerations tolerations;
    private final Windows windows;
    private final ReliefControl relief;
    private final ElasticControl elastic;
    private final PressureTelling telling;
    private final PressureReport report;
    private final InstantSource clock;

    public PriorityWaterlineReconciler(PriorityWaterlineParts parts) {
        this.mapper = new PolicyMapper(parts.priorityClasses()::value);
        this.signals = parts.signals();
        this.nodes = parts.nodes();
        this.pool = new PoolObserver(parts.pods()::all);
        this.runs = parts.runs();
        this.restoration = parts.restoration();
        this.arbiter = parts.arbiter();
        this.enforcer = parts.enforcer();
        this.tolerations = parts.tolerations();
        this.windows = new Windows(
                protect -> parts.jobs().matching(protect.namespaces(), protect.jobSelector()),
                parts.events(),
                parts.windowMeters());
        this.relief = parts.relief();
        this.elastic = parts.elastic();
        this.telling = new PressureTelling(parts.events(), parts.meters(), parts.decisions(), parts.ids());
        this.report = new PressureReport(parts, windows, telling);
        this.clock = parts.clock();
    }

    @Override
    public UpdateControl<PriorityWaterline> reconcile(PriorityWaterline resource, Context<PriorityWaterline> context) {
        var now = clock.instant();
        var selected = nodes.matching(resource.getSpec().nodeSelector());
        var calendar = windows.at(resource, now);
        var switched = Switch.of(resource);
        var resolution = mapper.resolve(resource.getSpec(), calendar, elastic.shift(resource, switched, now));
        var run = runs.of(uid(resource), () -> restored(resource, selected, resolution, now));
        if (run.switchedTo(switched)) {
            telling.switched(
                    resource,
                    switched,
                    isEnforcing(resource),
                    run.contributions().size(),
                    now);
        }
        run.overridden(overrides(selected));
        switch (resolution) {
            case PolicyResolution.Unresolved unresolved -> hold(resource, run, unresolved, switched, now);
            case PolicyResolution.Resolved(PressurePolicy policy) -> {
                evaluate(resource, run, policy, switched, selected, now);
                report.decided(resource, run, policy, calendar, selected.size(), now);
            }
        }
        var next = nextPass(resource, run, calendar, now);
        telling.lagged(run.lag(now));
        run.planned(clock.instant().plus(next));
        return UpdateControl.<PriorityWaterline>noUpdate().rescheduleAfter(next.toMillis());
    }

    /** What an earlier life of the process has left: on the nodes, and in the status what it has told already. */
    private WaterlineRun restored(
            PriorityWaterline resource, List<NodeSummary> selected, PolicyResolution resolution, Instant now) {
        var run = restoration.run(uid(resource), selected, ladder(resolution), now);
        run.switchedTo(Switch.shownBy(PressureReport.shown(resource)));
        if (resource.getStatus() != null) {
            run.decidedBefore(resource.getStatus().decisions());
        }
        return run;
    }

    private SortedMap<String, NodeOverride> overrides(List<NodeSummary> selected) {
        var all = arbiter.overrides();
        var ofThese = new TreeMap<String, NodeOverride>();
        if (!all.isEmpty()) {
            selected.forEach(node -> Optional.ofNullable(all.get(node.name()))
                    .ifPresent(override -> ofThese.put(node.name(), override)));
        }
        return ofThese;
    }

    @Override
    public DeleteControl cleanup(PriorityWaterline resource, Context<PriorityWaterline> context) {
        var uid = uid(resource);
        if (arbiter.withdraw(uid)) {
            enforcer.wake();
        }
        boolean marked = nodes.all().stream()
                .anyMatch(node -> node.mark()
                        .annotation()
                        .flatMap(text -> FreezeAnnotation.parse(text, node.uid()))
                        .filter(annotation -> annotation.waterlines().containsKey(uid))
                        .isPresent());
        boolean restored = relief.withdrawn(uid);
        if (marked || !restored || !enforcer.isSettled()) {
            return DeleteControl.noFinalizerRemoval().rescheduleAfter(THAW_CHECK.toMillis());
        }
        telling.forgotten(resource.getMetadata().getName(), runs.of(uid, () -> new WaterlineRun(Map.of(), Map.of())));
        relief.forget(uid);
        runs.forget(uid);
        windows.forget(resource);
        elastic.forget(resource);
        return DeleteControl.defaultDelete();
    }

    private void evaluate(
            PriorityWaterline resource,
            WaterlineRun run,
            PressurePolicy policy,
            Switch switched,
            List<NodeSummary> selected,
            Instant now) {
        var floors = run.floors();
        run.ladder(policy.ladder());
        run.governs(new FrozenPools.Pool(resource.getMetadata().getName(), selected.size(), policy.ladder()));
        if (!run.floors().equals(floors)) {
            tolerations.wake();
        }
        var spec = resource.getSpec();
        boolean enforced = isEnforcing(resource) && switched != Switch.THAW_ALL;
        if (switched == Switch.THAW_ALL) {
            var before = run.states();
            run.clear();
            contribute(resource, run, enforced);
            run.decided(telling.thawed(
                    resource, policy, before, WaterlineAnnotations.THAW_ALL, isEnforcing(resource), now));
        } else if (switched == Switch.NONE) {
            signals.refresh(run, SignalReader.Question.of(spec, policy, selected, nodes.names()), now);
            // Not sooner: the first answer brings the past with it.
            var before = run.states();
            var decidedAt = clock.instant();
            var seen = pool.observe(policy.signals(), selected, run.answers(), decidedAt);
            var step = PressureStep.evaluate(policy, seen, before, run.summary(), decidedAt);
            run.stepped(step);
            // Told afterwards: hundreds of records and events must not keep the guard waiting.
            contribute(resource, run, enforced);
            run.decided(telling.decided(resource, policy, step, before, enforced, decidedAt));
            elastic.prepare(resource, policy.ladder(), selected, now);
        } else {
            contribute(resource, run, enforced);
        }
        relief.evaluated(resource, run, policy, switched, clock.instant());
        telling.measured(resource.getMetadata().getName(), policy, run);
    }

    private void contribute(PriorityWaterline resource, WaterlineRun run, boolean enforced) {
        if (arbiter.submit(uid(resource), enforced ? run.contributions() : Map.of())) {
            enforcer.wake();
        }
    }

    /** The spec cannot be decided on: what is frozen stays frozen. */
    private void hold(
            PriorityWaterline resource,
            WaterlineRun run,
            PolicyResolution.Unresolved unresolved,
            Switch switched,
            Instant now) {
        if (switched == Switch.THAW_ALL) {
            run.clear();
        }
        contribute(resource, run, isEnforcing(resource));
        relief.unresolved(resource, switched);
        report.undecided(resource, run, unresolved, now);
    }

    /** The sources are due, or a window takes effect or ends. */
    private static Duration nextPass(PriorityWaterline resource, WaterlineRun run, WindowsNow calendar, Instant now) {
        var interval = DurationText.parse(resource.getSpec().interval());
        boolean asks = Switch.of(resource) == Switch.NONE && !run.askedAt().equals(Instant.EPOCH);
        var due = asks ? run.askedAt().plus(interval) : now.plus(interval);
        var next = calendar.changesAt().filter(due::isAfter).orElse(due);
        var wait = Duration.between(now, next);
        return wait.compareTo(SOONEST) < 0 ? SOONEST : wait;
    }

    private static Optional<Ladder> ladder(PolicyResolution resolution) {
        return resolution instanceof PolicyResolution.Resolved resolved
                ? Optional.of(resolved.policy().ladder())
                : Optional.empty();
    }

    private static boolean isEnforcing(PriorityWaterline resource) {
        return resource.getSpec().mode() == Mode.Enforce;
    }

    private static String uid(PriorityWaterline resource) {
        return resource.getMetadata().getUid();
    }
}
