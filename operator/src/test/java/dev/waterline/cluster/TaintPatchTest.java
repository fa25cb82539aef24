package dev.waterline.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waterline.arbiter.NodeMarks.Mark;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.zjsonpatch.JsonPatch;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TaintPatchTest {
    private static final String KEY = "status-taint.cluster-autoscaler.kubernetes.io/waterline";
    private static final Mark FROZEN = new Mark(Optional.of(9000), Optional.of("why"));
    private static final Mark TAINTED = new Mark(Optional.of(9000), Optional.empty());
    private static final ObjectMapper json = new ObjectMapper();

    @Test
    void aNodeWithoutTaintsAndAnnotationsGetsBoth() {
        assertPatched(
                node("{'name':'n1','resourceVersion':'7'}", "{}"),
                FROZEN,
                node(
                        "{'name':'n1','resourceVersion':'7','annotations':{'waterline.dev/freeze':'why'}}",
                        "{'taints':[" + ours("9000") + "]}"));
    }

    @Test
    void foreignTaintsAndAnnotationsStayWhatTheyAre() {
        var foreign = "{'key':'gpu','value':'yes','effect':'NoExecute','timeAdded':'2026-01-01T00:00:00Z'},"
                + "{'key':'drain','effect':'NoSchedule','later':'a field that this client does not know'}";
        assertPatched(
                node("{'resourceVersion':'7','annotations':{'a/b~c':'d'}}", "{'taints':[" + foreign + "]}"),
                FROZEN,
                node(
                        "{'resourceVersion':'7','annotations':{'a/b~c':'d','waterline.dev/freeze':'why'}}",
                        "{'taints':[" + foreign + "," + ours("9000") + "]}"));
    }

    @Test
    void aThawTakesAwayOurTaintAndAnnotationAndNothingElse() {
        assertPatched(
                node(
                        "{'resourceVersion':'7','annotations':{'a':'b','waterline.dev/freeze':'x'}}",
                        "{'taints':[{'key':'a','effect':'NoSchedule'}," + ours("1000")
                                + ",{'key':'b','effect':'NoExecute'}]}"),
                Mark.NONE,
                node(
                        "{'resourceVersion':'7','annotations':{'a':'b'}}",
                        "{'taints':[{'key':'a','effect':'NoSchedule'},{'key':'b','effect':'NoExecute'}]}"));
    }

    @Test
    void theValueIsReplacedInPlace() {
        var kept = "{'key':'" + KEY + "','value':'1000','effect':'NoSchedule','timeAdded':'2026-01-01T00:00:00Z'}";
        assertPatched(
                node("{'resourceVersion':'7'}", "{'taints':[" + kept + ",{'key':'b','effect':'NoExecute'}]}"),
                TAINTED,
                node(
                        "{'resourceVersion':'7'}",
                        "{'taints':[" + kept.replace("1000", "9000") + ",{'key':'b','effect':'NoExecute'}]}"));
    }

    @Test
    void aTaintOfOursWithoutAValueGetsOne() {
        assertPatched(
                node("{'resourceVersion':'7'}", "{'taints':[{'key':'" + KEY + "','effect':'NoSchedule'}]}"),
                TAINTED,
                node("{'resourceVersion':'7'}", "{'taints':[" + ours("9000") + "]}"));
    }

    @Test
    void severalTaintsWithOurKeyBecomeOne() {
        assertPatched(
                node(
                        "{'resourceVersion':'7'}",
                        "{'taints':[{'key':'" + KEY + "','value':'1','effect':'NoExecute'},"
                                + "{'key':'a','effect':'NoSchedule'}," + ours("1000")
                                + ",{'key':'" + KEY + "','value':'2','effect':'PreferNoSchedule'},"
                                + "{'key':'b','effect':'NoSchedule'}]}"),
                TAINTED,
                node(
                        "{'resourceVersion':'7'}",
                        "{'taints':[{'key':'a','effect':'NoSchedule'}," + ours("9000")
                                + ",{'key':'b','effect':'NoSchedule'}]}"));
    }

    @Test
    void aTaintOfOursThatEvictsIsReplacedByOneThatOnlyKeepsNewPodsOut() {
        assertPatched(
                node(
                        "{'resourceVersion':'7'}",
                        "{'taints':[{'key':'" + KEY + "','value':'9000','effect':'NoExecute'}]}"),
                TAINTED,
                node("{'resourceVersion':'7'}", "{'taints':[" + ours("9000") + "]}"));
    }

    @Test
    void allTaintsWithOurKeyGoOnAThaw() {
        assertPatched(
                node(
                        "{'resourceVersion':'7'}",
                        "{'taints':[{'key':'" + KEY + "','value':'1','effect':'NoExecute'}," + ours("1000") + "]}"),
                Mark.NONE,
                node("{'resourceVersion':'7'}", "{'taints':[]}"));
    }

    @Test
    void aNodeThatCarriesTheMarkAlreadyIsLeftAlone() {
        var marked = node(
                "{'resourceVersion':'7','annotations':{'waterline.dev/freeze':'why'}}",
                "{'taints':[" + ours("9000") + "]}");

        assertThat(TaintPatch.of(typed(marked), FROZEN, KEY)).isEmpty();
        assertThat(TaintPatch.of(typed(node("{'resourceVersion':'7'}", "{}")), Mark.NONE, KEY))
                .isEmpty();
    }

    @Test
    void everyPatchFirstTestsTheResourceVersion() {
        var patch = TaintPatch.of(typed(node("{'resourceVersion':'7'}", "{}")), FROZEN, KEY);

        assertThat(read(patch.orElseThrow()).get(0))
                .isEqualTo(read("{'op':'test','path':'/metadata/resourceVersion','value':'7'}"));
    }

    private static void assertPatched(JsonNode before, Mark wanted, JsonNode after) {
        var patch = TaintPatch.of(typed(before), wanted, KEY).orElseThrow();

        assertThat(JsonPatch.apply(read(patch), before)).isEqualTo(after);
        assertThat(TaintPatch.of(typed(after), wanted, KEY)).isEmpty();
    }

    private static String ours(String value) {
        return "{'key':'" + KEY + "','value':'" + value + "','effect':'NoSchedule'}";
    }

    private static Node typed(JsonNode node) {
        return Serialization.unmarshal(node.toString(), Node.class);
    }

    private static JsonNode node(String metadata, String spec) {
        return read("{'apiVersion':'v1','kind':'Node','metadata':" + metadata + ",'spec':" + spec + "}");
    }

    /** Takes single quotes for double ones. */
    private static JsonNode read(String text) {
        try {
            return json.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new AssertionError("The test's own JSON is broken: " + text, e);
        }
    }
}
