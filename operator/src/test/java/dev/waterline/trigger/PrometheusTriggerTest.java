package dev.waterline.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.decision.reading.Reading;
import dev.waterline.decision.reading.Reading.Cause;
import dev.waterline.decision.scaling.Target;
import dev.waterline.decision.scaling.Target.Measure;
import dev.waterline.fixture.ScriptedServer;
import dev.waterline.prometheus.PrometheusClient;
import dev.waterline.prometheus.ServerAllowList;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrometheusTriggerTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final ScriptedServer server = new ScriptedServer();

    private PrometheusClient prometheus;

    @BeforeEach
    void start() {
        var allowed = new ServerAllowList(List.of(server.address()));
        prometheus = new PrometheusClient(allowed, (_, _, _) -> {}, System::nanoTime);
    }

    @AfterEach
    void stop() {
        prometheus.close();
        server.close();
    }

    @Test
    void aSingleSeriesIsTheValue() {
        assertThat(read("{\"metric\":{},\"value\":[1767225600,\"22.5\"]}", Map.of()))
                .isEqualTo(new Reading.Fresh(22.5, NOW));
    }

    @Test
    void thresholdsComeFromTheMetadata() {
        var prepared = prepare(Optional.empty(), Map.of("activationThreshold", "-2.5"));
        assertThat(((PreparedTrigger.Usable) prepared).target()).isEqualTo(new Target(Measure.AVERAGE_VALUE, 15, -2.5));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | EmptyResult",
                "{\"metric\":{},\"value\":[1,\"NaN\"]} | NotFinite",
                "{\"metric\":{},\"value\":[1,\"+Inf\"]} | NotFinite",
                "{\"metric\":{},\"value\":[1,\"-Inf\"]} | NotFinite",
                "{\"metric\":{\"a\":\"1\"},\"value\":[1,\"1\"]},{\"metric\":{\"a\":\"2\"},\"value\":[1,\"2\"]} | SeveralSeries",
                "1767225600,\"1\" | BadResponse",
            })
    void whatIsNotOneNumberIsAFailureWithItsOwnCause(String result, Cause cause) {
        assertThat(read(result, Map.of()))
                .isInstanceOfSatisfying(
                        Reading.Unavailable.class,
                        unavailable -> assertThat(unavailable.cause()).isEqualTo(cause));
    }

    @Test
    void ignoreNullValuesReadsEmptyAsZeroAndNothingElse() {
        assertThat(read("", Map.of("ignoreNullValues", "true"))).isEqualTo(new Reading.Fresh(0, NOW));
        assertThat(read("{\"metric\":{},\"value\":[1,\"NaN\"]}", Map.of("ignoreNullValues", "true")))
                .isInstanceOf(Reading.Unavailable.class);
    }

    @Test
    void withoutAnyServerItSaysSo() {
        var prepared = (PreparedTrigger.Usable) prepare(Optional.empty(), Map.of());
        assertThat(prepared.source().get())
                .isInstanceOfSatisfying(
                        Reading.Unavailable.class,
                        unavailable -> assertThat(unavailable.cause()).isEqualTo(Cause.NoServer));
    }

    @Test
    void theServerNamedBeatsTheDefault() {
        var prepared = (PreparedTrigger.Usable)
                prepare(Optional.of(server.address()), Map.of("serverAddress", "http://203.0.113.1"));
        assertThat(prepared.source().get())
                .isInstanceOfSatisfying(
                        Reading.Unavailable.class,
                        unavailable -> assertThat(unavailable.cause()).isEqualTo(Cause.ServerNotAllowed));
    }

    @ParameterizedTest
    @CsvSource({
        "query, ' '",
        "threshold, 0",
        "threshold, -1",
        "threshold, NaN",
        "threshold, 1e3",
        "threshold, ''",
        "activationThreshold, many",
        "ignoreNullValues, yes",
        "serverAddress, not a url",
        "serverAddress, prometheus",
    })
    void metadataThatMeansNothingIsRefusedByItsFieldsName(String key, String value) {
        assertThat(prepare(Optional.empty(), Map.of(key, value)))
                .isInstanceOfSatisfying(
                        PreparedTrigger.Invalid.class,
                        invalid -> assertThat(invalid.message()).startsWith("spec.triggers[0].metadata." + key + " "));
    }

    @Test
    void anUnknownTypeIsRefusedWithThoseThereAre() {
        var types = TriggerTypes.of(prometheus, Optional.empty(), Duration.ofSeconds(3), InstantSource.fixed(NOW));
        assertThat(types.prepare(new TriggerSettings("spec.triggers[2]", "kafka", Measure.AVERAGE_VALUE, Map.of())))
                .isEqualTo(new PreparedTrigger.Invalid(
                        "spec.triggers[2].type kafka is not supported: write one of prometheus"));
    }

    private Reading read(String result, Map<String, String> metadata) {
        var type = result.startsWith("1") ? "scalar" : "vector";
        server.answer(
                "POST /api/v1/query",
                200,
                "{\"status\":\"success\",\"data\":{\"resultType\":\"%s\",\"result\":[%s]}}".formatted(type, result));
        var prepared = prepare(Optional.of(server.address()), metadata);
        return ((PreparedTrigger.Usable) prepared).source().get();
    }

    private PreparedTrigger prepare(Optional<URI> defaultServer, Map<String, String> metadata) {
        var all = new HashMap<>(Map.of("query", "up", "threshold", "15"));
        all.putAll(metadata);
        return TriggerTypes.of(prometheus, defaultServer, Duration.ofSeconds(3), InstantSource.fixed(NOW))
                .prepare(new TriggerSettings("spec.triggers[0]", "prometheus", Measure.AVERAGE_VALUE, all));
    }
}
