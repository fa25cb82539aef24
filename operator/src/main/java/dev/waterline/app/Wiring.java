package dev.waterline.app;

import dev.waterline.admission.FreezeReasons;
import dev.waterline.admission.IndexedPods;
import dev.waterline.admission.LivePods;
import dev.waterline.api.v1alpha1.PriorityWaterline;
import dev.waterline.api.v1alpha1.ScaledWorkload;
import dev.waterline.cluster.DaemonSetIndex;
import dev.waterline.cluster.EventRecorder;
import dev.waterline.cluster.JobIndex;
import dev.waterline.cluster.NodeIndex;
import dev.waterline.cluster.PodIndex;
import dev.waterline.cluster.PriorityClasses;
import dev.waterline.prometheus.PrometheusClient;
import dev.waterline.prometheus.ServerAllowList;
import dev.waterline.reconciler.ScaledWorkloadReconciler;
import dev.waterline.telemetry.QueryMeters;
import dev.waterline.telemetry.ScalingMeters;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Puts caches and controllers together, by plain constructor calls. */
final class Wiring {
    private Wiring() {}

    static Assembly assemble(Foundation foundation) {
        var configuration = foundation.configuration();
        var client = foundation.clients().main();
        var pods = new PodIndex(client, configuration.taintKey());
        var nodes = new NodeIndex(client, configuration.taintKey());
        var daemonSets = new DaemonSetIndex(client, pods, configuration.taintKey());
        var classes = new PriorityClasses(client);
        var jobs = new JobIndex(client);
        var livePods = new LivePods(foundation.clients().lookups());
        var events = new EventRecorder(client, foundation.installation().id(), foundation.clock());
        var prometheus = prometheus(foundation);
        var pressure = new PressureWiring(foundation, pods, nodes, daemonSets, classes, jobs, prometheus, events);
        var controllers = new Controllers(
                client,
                MicrometerMetricsV2.newBuilder(foundation.meters()).build(),
                configuration.shutdownDeadline().dividedBy(2));
        controllers.add(pressure.reconciler(), _ -> {});
        controllers.add(
                new ScaledWorkloadReconciler(
                        client,
                        prometheus,
                        configuration.prometheusUrl(),
                        pressure.frozenTargets(),
                        events,
                        new ScalingMeters(foundation.meters()),
                        foundation.clock()),
                settings -> {
                    if (!configuration.watchNamespaces().isEmpty()) {
                        settings.settingNamespaces(configuration.watchNamespaces());
                    }
                });
        return new Assembly(
                new IndexedPods(pods, livePods),
                FreezeReasons.annotated(nodes),
                List.of(
                        part(pods::start, pods::close),
                        part(nodes::start, nodes::close),
                        part(daemonSets::start, daemonSets::close),
                        part(classes::start, classes::close),
                        part(() -> {}, jobs::close),
                        part(livePods::prepare, livePods::close),
                        part(() -> {}, events::close),
                        part(() -> {}, prometheus::close)),
                Map.of("pods", pods::isSynced, "nodes", nodes::isSynced, "priority classes", classes::isSynced),
                List.of(
                        new CachesSynced(
                                List.of(pods::isSynced, nodes::isSynced, classes::isSynced), foundation.nanoTime()),
                        new ResourcesServed(
                                client, List.of(PriorityWaterline.class, ScaledWorkload.class), foundation.nanoTime()),
                        pressure,
                        controllers));
    }

    private static PrometheusClient prometheus(Foundation foundation) {
        var allowed = new ArrayList<>(foundation.configuration().allowedMetricServers());
        foundation.configuration().prometheusUrl().ifPresent(allowed::add);
        var meters = new QueryMeters(foundation.meters());
        return new PrometheusClient(
                new ServerAllowList(allowed),
                (server, failure, took) -> meters.queried(
                        server.getScheme() + "://" + server.getAuthority(),
                        failure.map(Enum::name).orElse("Fresh"),
                        took),
                foundation.nanoTime());
    }

    private static Part part(Runnable start, Runnable stop) {
        return new Part() {
            @Override
            public void start() {
                start.run();
            }

            @Override
            public void stop() {
                stop.run();
            }
        };
    }
}
