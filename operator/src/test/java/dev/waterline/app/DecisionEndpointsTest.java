package dev.waterline.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waterline.admission.Answer;
import dev.waterline.admission.Call;
import dev.waterline.decision.override.NodeOverride;
import dev.waterline.decision.record.Change;
import dev.waterline.decision.record.DecisionRecord;
import dev.waterline.telemetry.DecisionJson;
import dev.waterline.telemetry.DecisionLog;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecisionEndpointsTest {
    private static final Instant NOON = Instant.parse("2026-07-01T12:00:00Z");

    private final DecisionLog log = new DecisionLog();
    private final DecisionEndpoints endpoints =
            new DecisionEndpoints(log, () -> new DecisionJson.Replica("me", true, Optional.of("me")));

    @Test
    void itListsTheNewestFirstAndFiltersByWhatTheQuerySays() throws Exception {
        log.append(List.of(decision("1", "a/b", NOON), decision("2", "n2", NOON.plusSeconds(1))));

        assertThat(ids(list(null))).containsExactly("2", "1");
        assertThat(ids(list("node=a%2Fb"))).containsExactly("1");
        assertThat(ids(list("since=2026-07-01T14:00:01+02:00&limit=5"))).containsExactly("2");
        assertThat(ids(list("waterline=core"))).isEmpty();
        assertThat(json(list("limit=1")).path("more").asBoolean()).isTrue();
    }

    @Test
    void oneIsServedByItsIdAndAnotherIsNotFound() throws Exception {
        log.append(List.of(decision("1", "n1", NOON)));

        var found = call(1, "/api/v1/decisions/1", null);
        assertThat(found.status()).isEqualTo(200);
        assertThat(json(found).path("decision").path("node").asText()).isEqualTo("n1");

        var missing = call(1, "/api/v1/decisions/2", null);
        assertThat(missing.status()).isEqualTo(404);
        assertThat(json(missing).path("error").asText()).startsWith("This replica holds no such decision");
        assertThat(json(missing).path("replica").path("leader").asText()).isEqualTo("me");
    }

    @ParameterizedTest
    @CsvSource({
        "nodes=a, There is no parameter 'nodes'",
        "node, Each parameter needs a value",
        "since=noon, since is no RFC 3339 time",
        "limit=0, limit must be a number from 1 to 1000",
        "limit=1001, limit must be a number from 1 to 1000",
        "limit=many, limit must be a number from 1 to 1000",
        "node=%zz, The query is not percent-encoded",
    })
    void aQueryThatCannotBeMeantIsRefusedWithASentence(String query, String sentence) throws Exception {
        var answer = list(query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(json(answer).path("error").asText()).contains(sentence);
    }

    private Answer list(@Nullable String query) {
        return call(0, "/api/v1/decisions", query);
    }

    private Answer call(int route, String path, @Nullable String query) {
        return endpoints
                .routes()
                .get(route)
                .answers()
                .apply(new Call(path, Optional.ofNullable(query), null, new byte[0], 0));
    }

    private static List<String> ids(Answer answer) throws IOException {
        return json(answer).path("decisions").findValuesAsText("id");
    }

    private static JsonNode json(Answer answer) throws IOException {
        return new ObjectMapper().readTree(answer.body());
    }

    private static DecisionRecord decision(String id, String node, Instant at) {
        return new DecisionRecord(
                id, at, Optional.empty(), new Change.Overridden(node, new NodeOverride.Thaw(at.plusSeconds(60)), true));
    }
}
