package dev.waterline.app;

import dev.waterline.admission.WebhookEndpoint;
import dev.waterline.api.v1alpha1.PriorityWaterline;
import dev.waterline.api.v1alpha1.WaterlineAnnotations;
import dev.waterline.arbiter.Arbiter;
import dev.waterline.arbiter.Enforcer;
import dev.waterline.cluster.DaemonSetIndex;
import dev.waterline.cluster.EventRecorder;
import dev.waterline.cluster.JobIndex;
import dev.waterline.cluster.KubernetesNodeMarks;
import dev.waterline.cluster.KubernetesReliefPods;
import dev.waterline.cluster.MetricsApiPodUsage;
import dev.waterline.cluster.NodeIndex;
import dev.waterline.cluster.PodIndex;
import dev.waterline.cluster.PodTemplates;
import dev.waterline.cluster.PriorityClasses;
import dev.waterline.cluster.TaintKeyRecord;
import dev.waterline.cluster.Tolerations;
import dev.waterline.cluster.WebhookBindGuard;
import dev.waterline.decision.elastic.ElasticController;
import dev.waterline.decision.record.DecisionIds;
import dev.waterline.prometheus.PrometheusClient;
import dev.waterline.reconciler.ElasticControl;
import dev.waterline.reconciler.EnforcementReport;
import dev.waterline.reconciler.FreezeRestoration;
import dev.waterline.reconciler.FrozenTargets;
import dev.waterline.reconciler.NodeOverrideWatch;
import dev.waterline.reconciler.PriorityWaterlineParts;
import dev.waterline.reconciler.PriorityWaterlineReconciler;
import dev.waterline.reconciler.ReliefControl;
import dev.waterline.reconciler.ReliefTelling;
import dev.waterline.reconciler.WaitingPods;
import dev.waterline.reconciler.WaterlineRuns;
import dev.waterline.relief.Relief;
import dev.waterline.telemetry.ElasticMeters;
import dev.waterline.telemetry.PressureMeters;
import dev.waterline.telemetry.ReliefMeters;
import dev.waterline.telemetry.WindowMeters;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Everything that PriorityWaterlines need, put together; as a part, the enforcement that runs while this replica leads. */
final class PressureWiring implements Part {
    private final KubernetesClient client;
    private final String taintKey;
    private final WebhookBindGuard guard;
    private final Arbiter arbiter = new Arbiter();
    private final WaterlineRuns runs = new WaterlineRuns();
    private final FreezeRestoration restoration = new FreezeRestoration();
    private final Tolerations tolerations;
    private final Enforcer enforcer;
    private final Relief relief;
    private final PressureSources sources;
    private final PriorityWaterlineReconciler reconciler;
    private final NodeOverrideWatch overrides;
    private final WaitingPods waitingPods;
    private final FrozenTargets frozenTargets;

    PressureWiring(
            Foundation foundation,
            PodIndex pods,
            NodeIndex nodes,
            DaemonSetIndex daemonSets,
            PriorityClasses classes,
            JobIndex jobs,
            PrometheusClient prometheus,
            EventRecorder events) {
        var configuration = foundation.configuration();
        client = foundation.clients().main();
        taintKey = configuration.taintKey();
        guard = new WebhookBindGuard(
                client,
                apiServers(foundation),
                configuration.namespace(),
                Map.of(
                        WaterlineAnnotations.INSTALLATION,
                        foundation.installation().id(),
                        WaterlineAnnotations.TAINT_KEY,
                        configuration.taintKey()),
                floor -> endpoint(foundation, "/bind/" + floor),
                foundation.nanoTime());
        tolerations = new Tolerations(
                client,
                pods,
                classes,
                configuration.namespace(),
                configuration.taintKey(),
                path -> endpoint(foundation, path));
        var meters = new PressureMeters(foundation.meters());
        var ids = new DecisionIds();
        var enforcement = new EnforcementReport(arbiter, meters, foundation.decisions(), ids);
        enforcer = new Enforcer(
                arbiter,
                tolerations,
                guard,
                new KubernetesNodeMarks(client, nodes, configuration.taintKey(), runs::name),
                enforcement,
                foundation.clock(),
                foundation.nanoTime());
        foundation.authorities().onChange(_ -> {
            enforcer.wake();
            tolerations.recheck();
        });
        var reliefTelling = new ReliefTelling(
                events, new ReliefMeters(foundation.meters()), foundation.decisions(), ids, foundation.clock());
        relief = new Relief(
                new KubernetesReliefPods(client, pods, nodes),
                new MetricsApiPodUsage(client, foundation.clock()),
                reliefTelling,
                pod -> pod.namespace().equals(configuration.namespace()),
                configuration.evictionsPerMinute(),
                foundation.clock());
        sources = new PressureSources(foundation, prometheus);
        var parts = new PriorityWaterlineParts(
                client,
                nodes,
                pods,
                daemonSets,
                classes,
                jobs,
                sources.signals(),
                runs,
                restoration,
                arbiter,
                enforcer,
                tolerations,
                enforcement,
                new ReliefControl(relief, reliefTelling, nodes),
                new ElasticControl(
                        new ElasticController(ElasticController.PERIOD),
                        sources.objectives(),
                        pods::all,
                        events,
                        new ElasticMeters(foundation.meters())),
                events,
                meters,
                new WindowMeters(foundation.meters()),
                foundation.decisions(),
                ids,
                foundation.clock());
        reconciler = new PriorityWaterlineReconciler(parts);
        waitingPods = new WaitingPods(parts, pods);
        frozenTargets = new FrozenTargets(new PodTemplates(client), nodes, classes, enforcer, arbiter, runs);
        overrides = new NodeOverrideWatch(parts, () -> {
            tolerations.wake();
            enforcer.wake();
        });
    }

    /** What ScaledWorkloads ask. */
    FrozenTargets frozenTargets() {
        return frozenTargets;
    }

    PriorityWaterlineReconciler reconciler() {
        return reconciler;
    }

    /** Nobody may thaw before every waterline that exists has spoken, so they are counted before the first one can. */
    @Override
    public void start() {
        new TaintKeyRecord(client).put(taintKey);
        var waterlines = client.resources(PriorityWaterline.class).list().getItems().stream()
                .map(waterline -> waterline.getMetadata().getUid())
                .toList();
        arbiter.await(waterlines);
        relief.await(waterlines);
        var inherited = new HashMap<String, Integer>();
        guard.read()
                .nodesByFloor()
                .forEach((floor, names) -> names.forEach(node -> inherited.merge(node, floor, Math::max)));
        restoration.inherit(inherited);
        overrides.start();
        enforcer.start();
        relief.start();
        tolerations.start(
                () -> {
                    var floors = new TreeSet<>(runs.floors());
                    floors.addAll(enforcer.inForce().values());
                    floors.addAll(arbiter.overrideFloors());
                    return floors;
                },
                enforcer::wake);
        waitingPods.start();
    }

    @Override
    public void stop() {
        waitingPods.close();
        overrides.close();
        tolerations.close();
        relief.close();
        enforcer.close();
        sources.close();
    }

    private static List<KubernetesClient> apiServers(Foundation foundation) {
        var endpoints = foundation.configuration().apiServerEndpoints();
        return endpoints.isEmpty()
                ? List.of(foundation.clients().main())
                : endpoints.stream().map(foundation.clients()::endpoint).toList();
    }

    private static WebhookClientConfig endpoint(Foundation foundation, String path) {
        var client = new WebhookClientConfigBuilder()
                .withCaBundle(foundation.authorities().caBundle());
        return switch (foundation.configuration().webhookEndpoint()) {
            case WebhookEndpoint.Url url -> client.withUrl(url.base() + path).build();
            case WebhookEndpoint.Service service ->
                client.withNewService()
                        .withNamespace(foundation.configuration().namespace())
                        .withName(service.name())
                        .withPort(service.port())
                        .withPath(path)
                        .endService()
                        .build();
        };
    }
}
