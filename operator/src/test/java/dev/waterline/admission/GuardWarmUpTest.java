package dev.waterline.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waterline.admission.certificates.SelfSigned;
import dev.waterline.telemetry.GuardMeters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GuardWarmUpTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicInteger lookups = new AtomicInteger();
    private final NodePressureAdmissionController guard = new NodePressureAdmissionController(
            "waterline-system", new NoPods(), _ -> Optional.empty(), new GuardMeters(meters), System::nanoTime);

    @Test
    void everyWayThroughTheGuardHasBeenGoneOnceItIsWarm() throws Exception {
        var identity = SelfSigned.identity("waterline-webhook.waterline-system.svc");
        try (var server = server(guard.route(), identity)) {
            var report = new GuardWarmUp(address(server), identity, System::nanoTime, LONG).run(LONG);

            assertThat(report.reviews()).isPositive();
            assertThat(counted()).isEqualTo(report.reviews());
            assertThat(counted("allowed", "priority")).isPositive();
            assertThat(counted("denied", "floor")).isPositive();
            assertThat(counted("allowed", "no_such_pod")).isPositive();
            assertThat(lookups).hasPositiveValue();
            assertThat(meters.find("waterline.guard.malformed").counters()).isEmpty();
        }
    }

    @Test
    void aGuardThatStaysSlowIsNotWaitedForForever() throws Exception {
        var identity = SelfSigned.identity("x");
        var clock = new AtomicInteger();
        try (var server = server(guard.route(), identity)) {
            var report = new GuardWarmUp(address(server), identity, () -> clock.addAndGet(100_000_000), LONG)
                    .run(Duration.ofSeconds(1));

            assertThat(report.fast()).isFalse();
        }
    }

    @Test
    void anybodyElseOnThePortIsNotTakenForTheGuard() throws Exception {
        try (var server = server(guard.route(), SelfSigned.identity("x"))) {
            var warmUp = new GuardWarmUp(address(server), SelfSigned.identity("x"), System::nanoTime, LONG);

            assertThatThrownBy(() -> warmUp.run(LONG)).isInstanceOf(IOException.class);
        }
    }

    private static WebServer server(Route route, TlsIdentity identity) throws IOException {
        var server =
                WebServer.tls(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), List.of(route), identity);
        server.start();
        return server;
    }

    private static InetSocketAddress address(WebServer server) {
        return new InetSocketAddress("0.0.0.0", server.port());
    }

    private double counted() {
        return meters.find("waterline.guard.verdicts").tag("request", "warm_up").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private double counted(String outcome, String reason) {
        return meters.get("waterline.guard.verdicts")
                .tag("outcome", outcome)
                .tag("reason", reason)
                .counter()
                .count();
    }

    private final class NoPods implements PodLookup {
        @Override
        public Optional<PodFacts> cached(String namespace, String name, String uid) {
            return Optional.empty();
        }

        @Override
        public Optional<PodFacts> live(String namespace, String name, Duration within) {
            lookups.incrementAndGet();
            return Optional.empty();
        }

        @Override
        public Set<PodTrait.PinnedToNode> pinned(String namespace, Collection<String> claims, Duration within) {
            return Set.of();
        }
    }
}
