package dev.waterline.reconciler;

import dev.waterline.api.v1alpha1.ScaledWorkload;
import dev.waterline.api.v1alpha1.ScaledWorkloadStatus;
import dev.waterline.cluster.EventRecorder;
import dev.waterline.cluster.FieldManager;
import dev.waterline.cluster.ScaleTargets;
import dev.waterline.prometheus.PrometheusClient;
import dev.waterline.telemetry.ScalingMeters;
import dev.waterline.trigger.TriggerTypes;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Evaluates one ScaledWorkload once a polling interval, and at once when somebody edits it. */
@ControllerConfiguration(
        name = "scaledworkload",
        fieldManager = FieldManager.NAME,
        generationAwareEventProcessing = false,
        informer = @Informer(comparableResourceVersions = false),
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 60, timeUnit = TimeUnit.SECONDS))
public final class ScaledWorkloadReconciler implements Reconciler<ScaledWorkload> {
    private static final Duration QUERY_DEADLINE = Duration.ofSeconds(3);
    private static final Duration SOONEST = Duration.ofMillis(1);
    private static final Duration AGAIN = Duration.ofMillis(500);

    private final ScalingPlanMapper mapper;
    private final ScalingTelling telling;
    private final ScalingPass pass;
    private final ScalingRuns runs;
    private final StatusPublisher statuses;
    private final InstantSource clock;

    /** @param defaultServer for triggers that name none */
    public ScaledWorkloadReconciler(
            KubernetesClient client,
            PrometheusClient prometheus,
            Optional<URI> defaultServer,
            FrozenTargets frozen,
            EventRecorder events,
            ScalingMeters meters,
            InstantSource clock) {
        this.mapper = new ScalingPlanMapper(TriggerTypes.of(prometheus, defaultServer, QUERY_DEADLINE, clock));
        this.telling = new ScalingTelling(events, meters);
        this.pass = new ScalingPass(new ScaleTargets(client), frozen, telling, clock);
        this.runs = new ScalingRuns(telling::gone);
        this.statuses = new StatusPublisher(client);
        this.clock = clock;
    }

    @Override
    public UpdateControl<ScaledWorkload> reconcile(ScaledWorkload resource, Context<ScaledWorkload> context) {
        var run = runs.of(resource);
        runs.sweep(
                () -> context.getPrimaryCache()
                        .list()
                        .map(other -> other.getMetadata().getUid())
                        .collect(Collectors.toSet()),
                clock.instant());
        var plan = mapper.plan(resource.getSpec());
        if (run.isDue(resource, clock.instant())) {
            var report = pass.evaluate(resource, run, plan);
            telling.conditions(resource, report.facts());
            run.evaluated(resource, report, clock.instant());
        }
        boolean published = statuses.publish(resource, status(resource, run, plan));
        return UpdateControl.<ScaledWorkload>noUpdate()
                .rescheduleAfter((published ? untilDue(run, clock.instant()) : AGAIN).toMillis());
    }

    private ScaledWorkloadStatus status(ScaledWorkload resource, ScalingRun run, ScalingPlan plan) {
        var cooldown =
                plan instanceof ScalingPlan.Usable usable ? usable.policy().cooldownToRest() : Duration.ZERO;
        return ScaledWorkloadStatusFactory.of(
                resource.getStatus(),
                resource.getMetadata().getGeneration(),
                run.report().orElseThrow(),
                run,
                cooldown,
                clock.instant());
    }

    private static Duration untilDue(ScalingRun run, Instant now) {
        var wait = Duration.between(now, run.due());
        return wait.compareTo(SOONEST) < 0 ? SOONEST : wait;
    }
}
