package dev.waterline.app;

import dev.waterline.admission.IndexedPods;
import dev.waterline.admission.LivePods;
import dev.waterline.cluster.PodIndex;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import java.util.List;
import java.util.Map;

/** Puts caches and controllers together, by plain constructor calls. */
final class Wiring {
    private Wiring() {}

    static Assembly assemble(Foundation foundation) {
        PodIndex pods = new PodIndex(
                foundation.clients().main(), foundation.configuration().taintKey());
        LivePods livePods = new LivePods(foundation.clients().main());
        Metrics sdkMetrics = MicrometerMetricsV2.newBuilder(foundation.meters()).build();
        Controllers controllers = new Controllers(
                foundation.clients().main(),
                sdkMetrics,
                foundation.configuration().shutdownDeadline().dividedBy(2));
        return new Assembly(
                new IndexedPods(pods, livePods),
                List.of(new PodCache(pods, livePods)),
                Map.of("pods", pods::isSynced),
                List.of(controllers));
    }

    private record PodCache(PodIndex index, LivePods live) implements Part {
        @Override
        public void start() {
            index.start();
        }

        @Override
        public void stop() {
            index.close();
            live.close();
        }
    }
}
