package dev.waterline.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpServer;
import dev.waterline.api.v1alpha1.ElasticStatus;
import dev.waterline.api.v1alpha1.PriorityWaterline;
import dev.waterline.api.v1alpha1.PriorityWaterlineStatus;
import dev.waterline.cluster.EventRecorder;
import dev.waterline.decision.elastic.ElasticController;
import dev.waterline.decision.pressure.Ladder;
import dev.waterline.decision.pressure.Tier;
import dev.waterline.fixture.FakeApiServer;
import dev.waterline.fixture.FakeClock;
import dev.waterline.prometheus.PrometheusClient;
import dev.waterline.prometheus.ServerAllowList;
import dev.waterline.telemetry.ElasticMeters;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElasticControlTest {
    private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Ladder LADDER = new Ladder(List.of(new Tier("low", 0, List.of())));

    private final FakeApiServer apiServer = new FakeApiServer();
    private final EventRecorder events =
            new EventRecorder(apiServer.client(), "test", new FakeClock("2026-07-01T12:00:00Z"));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Set<String> asked = new ConcurrentSkipListSet<>();
    private final PriorityWaterline resource = resource("Active");
    private HttpServer server;
    private PrometheusClient prometheus;
    private ElasticControl control;
    private volatile String good = "500";
    private Instant now = NOW;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/query", exchange -> {
            var form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var query = URLDecoder.decode(form, StandardCharsets.UTF_8);
            query = query.substring(query.indexOf("query=") + 6).split("&", 2)[0];
            asked.add(query);
            var value = query.startsWith("good") ? good : "1000";
            var body = ("{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":["
                            + (value.isEmpty() ? "" : "{\"metric\":{},\"value\":[1782907200,\"" + value + "\"]}")
                            + "]}}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        var address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        prometheus = new PrometheusClient(new ServerAllowList(List.of(address)), (_, _, _) -> {}, System::nanoTime);
        control = control(Optional.of(address));
    }

    @AfterEach
    void stop() {
        prometheus.close();
        server.stop(0);
        events.close();
        apiServer.close();
    }

    @Test
    void bothCountsAreAskedForInBothWindows() {
        pass();

        assertThat(asked).containsExactly("good[1h]", "good[5m]", "total[1h]", "total[5m]");
    }

    @Test
    void theFirstAnswerMovesTheThresholdsInTheNextPassAndTheNextAMinuteLater() {
        assertThat(pass()).isZero();
        assertThat(pass()).isEqualTo(-1);
        assertThat(condition()).isEqualTo("true/Following");
        var status = Objects.requireNonNull(control.status(resource));
        assertThat(status).isEqualTo(new ElasticStatus("Active", -1, now.toString(), "Following", 500.0));
        for (int i = 0; i < 11; i++) {
            assertThat(pass()).isEqualTo(-1);
        }

        assertThat(pass()).isEqualTo(-2);
        assertThat(meters.get("waterline.elastic.shift").gauge().value()).isEqualTo(-2);
        assertThat(meters.get("waterline.elastic.burn")
                        .tag("window", "5m")
                        .gauge()
                        .value())
                .isCloseTo(500, within(1e-6));
    }

    @Test
    void inShadowNothingMovesAndTheStatusSaysWhatWould() {
        mode("Shadow");
        pass();

        assertThat(pass()).isZero();
        assertThat(Objects.requireNonNull(control.status(resource)).shift()).isEqualTo(-1);
        assertThat(condition()).isEqualTo("true/Shadow");
    }

    @Test
    void anotherModeBeginsAtZeroForWhatWasOnlyShownMustNotTakeEffectAtAStroke() {
        mode("Shadow");
        pass();
        pass();
        mode("Active");

        assertThat(shift(Switch.NONE)).isZero();

        status(new ElasticStatus("Shadow", -9, NOW.toString(), "Following", 3.0));
        control.forget(resource);
        assertThat(shift(Switch.NONE)).isZero();
    }

    @Test
    void aRestartGoesOnFromTheStatusAndWritesNothingByItself() {
        var before = new ElasticStatus("Active", -7.5, NOW.toString(), "Following", 3.0);
        status(before);

        assertThat(pass()).isEqualTo(-7.5);
        assertThat(control.status(resource)).isEqualTo(before);
        assertThat(condition()).isEqualTo("true/Following");
    }

    @Test
    void aStatusThatNobodyOfUsWroteIsNoOrder() {
        for (var strange : List.of(
                new ElasticStatus("Active", Double.NaN, NOW.toString(), "Following", null),
                new ElasticStatus("Active", -5, "yesterday", "Following", null),
                new ElasticStatus("Active", -5, NOW.toString(), "Dancing", null))) {
            control.forget(resource);
            status(strange);
            assertThat(shift(Switch.NONE)).as("%s", strange).isZero();
        }
        control.forget(resource);
        status(new ElasticStatus("Active", -5_000, NOW.toString(), "Following", null));
        assertThat(shift(Switch.NONE)).isEqualTo(-22);
    }

    @Test
    void whatCannotBeMeasuredHoldsTheShiftAndSaysWhy() {
        status(new ElasticStatus("Active", -7.5, NOW.minusSeconds(600).toString(), "Following", 3.0));
        good = "";
        pass();

        assertThat(pass()).isEqualTo(-7.5);
        assertThat(condition()).isEqualTo("false/EmptyResult");
        assertThat(control.condition(resource).orElseThrow().message())
                .isEqualTo(
                        "elastic.slo.good over 5m: the query yields no series; make it yield 0 where that is meant; the"
                                + " shift is held.");
        assertThat(Objects.requireNonNull(control.status(resource)).burn()).isNull();
        assertThat(meters.find("waterline.elastic.burn").gauge()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "NaN", "+Inf", "-Inf", "-5", "2000", "1e999"})
    void whatIsNoCountOfGoodEventsMovesNoThreshold(String strange) {
        status(new ElasticStatus("Active", -7.5, NOW.minusSeconds(600).toString(), "Following", 3.0));
        good = strange;
        pass();

        for (int i = 0; i < 100; i++) {
            assertThat(pass()).isEqualTo(-7.5);
        }
        assertThat(condition()).startsWith("false/");
    }

    @Test
    void withoutAnyServerItSaysSo() {
        control = control(Optional.empty());
        pass();
        pass();

        assertThat(condition()).isEqualTo("false/NoServer");
    }

    @Test
    void aPausedWaterlineTakesNoStepAndAnAnswerThatHasWaitedTooLongIsDropped() {
        pass();
        now = now.plus(Duration.ofMinutes(11));
        assertThat(shift(Switch.PAUSED)).isZero();
        good = "";

        assertThat(pass()).isZero();
        assertThat(condition()).isEqualTo("false/Waiting");
    }

    @Test
    void withoutAnObjectiveNothingIsLeft() {
        pass();
        pass();
        resource.setSpec(Specs.withTiers(Specs.LADDER));

        assertThat(shift(Switch.NONE)).isZero();
        assertThat(control.status(resource)).isNull();
        assertThat(control.condition(resource)).isEmpty();
        assertThat(meters.getMeters()).isEmpty();
    }

    /** A pass an interval later, and the shift in effect in it. */
    private double pass() {
        now = now.plus(INTERVAL);
        double shift = shift(Switch.NONE);
        control.prepare(resource, LADDER, List.of(), now);
        return shift;
    }

    private double shift(Switch switched) {
        return control.shift(resource, switched, now).points();
    }

    private String condition() {
        return control.condition(resource)
                .map(fact -> fact.status() + "/" + fact.reason())
                .orElse("");
    }

    private ElasticControl control(Optional<URI> address) {
        return new ElasticControl(
                new ElasticController(ElasticController.PERIOD),
                new SloReader(prometheus, address, Duration.ofSeconds(10), Runnable::run),
                List::of,
                events,
                new ElasticMeters(meters));
    }

    private void mode(String mode) {
        resource.setSpec(resource(mode).getSpec());
    }

    private void status(@Nullable ElasticStatus elastic) {
        resource.setStatus(new PriorityWaterlineStatus(
                1L, List.of(), 1, 0, List.of(), List.of(), List.of(), List.of(), List.of(), elastic));
    }

    private static PriorityWaterline resource(String mode) {
        var resource = new PriorityWaterline();
        resource.setMetadata(
                new ObjectMetaBuilder().withName("core").withUid("uid-1").build());
        resource.setSpec(Specs.withTiers(Specs.LADDER + """
                elastic:
                  mode: %s
                  slo: {good: "good[$window]", total: "total[$window]", objective: 99.9}
                """.formatted(mode)));
        return resource;
    }
}
