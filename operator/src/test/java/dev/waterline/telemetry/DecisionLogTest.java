package dev.waterline.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.decision.pressure.Evidence;
import dev.waterline.decision.pressure.FreezeDecision;
import dev.waterline.decision.pressure.Threshold;
import dev.waterline.decision.pressure.Timing;
import dev.waterline.decision.record.Change;
import dev.waterline.decision.record.DecisionRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DecisionLogTest {
    private static final Instant NOON = Instant.parse("2026-07-01T12:00:00Z");
    private static final Timing TIMING = new Timing(
            Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofMinutes(5), 0.95, Duration.ofSeconds(15));

    private final DecisionLog log = new DecisionLog(5);

    @Test
    void itKeepsTheLastAndCountsTheForgotten() {
        log.append(IntStream.range(0, 7).mapToObj(i -> freeze(i, "n" + i)).toList());

        var page = log.find(query(Optional.empty(), Optional.empty(), 100));

        assertThat(page.decisions()).extracting(DecisionRecord::id).containsExactly("id6", "id5", "id4", "id3", "id2");
        assertThat(page.held()).isEqualTo(5);
        assertThat(page.forgotten()).isEqualTo(2);
        assertThat(page.more()).isFalse();
        assertThat(log.find("id6")).isPresent();
        assertThat(log.find("id1")).isEmpty();
    }

    @Test
    void itFindsByNodeTimeAndLimit() {
        log.append(List.of(freeze(0, "a"), freeze(1, "b"), freeze(2, "a"), freeze(3, "a")));

        assertThat(log.find(query(Optional.of("a"), Optional.empty(), 100)).decisions())
                .extracting(DecisionRecord::id)
                .containsExactly("id3", "id2", "id0");
        assertThat(log.find(query(Optional.of("a"), Optional.of(NOON.plusSeconds(2)), 100))
                        .decisions())
                .extracting(DecisionRecord::id)
                .containsExactly("id3", "id2");
        var limited = log.find(query(Optional.of("a"), Optional.empty(), 1));
        assertThat(limited.decisions()).extracting(DecisionRecord::id).containsExactly("id3");
        assertThat(limited.more()).isTrue();
    }

    @Test
    void theJsonIsAsTheReferenceDescribesIt() {
        var json = new String(
                DecisionJson.one(freeze(0, "n1"), new DecisionJson.Replica("me", false, Optional.of("other"))),
                StandardCharsets.UTF_8);

        assertThat(json).isEqualTo("""
            {"version":"v1","replica":{"name":"me","leading":false,"leader":"other"},\
            "decision":{"id":"id0","at":"2026-07-01T12:00:00Z","action":"Freeze","enforced":true,\
            "waterline":"core","generation":7,"node":"n1","tier":"standard","floor":9000,\
            "reasons":[{"step":"Reading","signal":"cpu","ratio":0.91,"at":"2026-07-01T12:00:00Z"},\
            {"step":"Smoothed","signal":"cpu","ratio":0.9},\
            {"step":"Level","signal":"cpu","field":"freezeAbove","ratio":0.82,"origin":"Spec","tier":"standard"},\
            {"step":"Dwell","seconds":10.0}],\
            "message":"Froze tier standard on node n1: cpu is at 90.0 % and has been at or above 82.0 % \
            (set by tier standard) for 10s (last sample: cpu 91.0 % at 2026-07-01T12:00:00Z)"}}\
            """);
    }

    private static DecisionQuery query(Optional<String> node, Optional<Instant> since, int limit) {
        return new DecisionQuery(Optional.of("core"), node, Optional.of("standard"), since, limit);
    }

    private static DecisionRecord freeze(int number, String node) {
        var at = NOON.plusSeconds(number);
        var why = new Evidence.Hot(new Threshold("cpu", 0.82, 0.75, "standard"), 0.9, Duration.ofSeconds(10));
        return new DecisionRecord(
                "id" + number,
                at,
                Optional.of(new DecisionRecord.Policy("core", 7, true)),
                new Change.OfTier(
                        new FreezeDecision.Freeze(node, "standard", why),
                        OptionalInt.of(9000),
                        List.of(new Change.Input("cpu", 0.91, 0.9, at)),
                        Optional.empty(),
                        TIMING));
    }
}
