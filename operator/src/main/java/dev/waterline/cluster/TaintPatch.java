package dev.waterline.cluster;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waterline.api.v1alpha1.WaterlineAnnotations;
import dev.waterline.arbiter.NodeMarks.Mark;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Taint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The JSON patch that makes a node carry a mark. It names only our own entries, by index, behind a test of the
 * resourceVersion: foreign taints stay byte for byte what they are, and if anybody has written in between it does nothing.
 */
final class TaintPatch {
    private static final String ANNOTATION_PATH =
            "/metadata/annotations/" + WaterlineAnnotations.FREEZE.replace("/", "~1");

    private TaintPatch() {}

    /** Empty if the node carries the mark already. */
    static Optional<String> of(Node node, Mark wanted, String key) {
        var operations = JsonNodeFactory.instance.arrayNode();
        var version = operation(operations, "test", "/metadata/resourceVersion");
        version.put("value", node.getMetadata().getResourceVersion());
        taint(operations, node, wanted.floor(), key);
        annotation(operations, node, wanted.annotation());
        return operations.size() > 1 ? Optional.of(operations.toString()) : Optional.empty();
    }

    private static void taint(ArrayNode operations, Node node, Optional<Integer> floor, String key) {
        var taints = Objects.requireNonNullElse(node.getSpec().getTaints(), List.<Taint>of());
        var ours = new ArrayList<Integer>();
        for (int i = 0; i < taints.size(); i++) {
            if (key.equals(taints.get(i).getKey())) {
                ours.add(i);
            }
        }
        if (floor.isPresent()) {
            var value = floor.get().toString();
            var kept = ours.stream()
                    .filter(i -> "NoSchedule".equals(taints.get(i).getEffect()))
                    .findFirst();
            kept.ifPresent(ours::remove);
            if (kept.isPresent()) {
                if (!value.equals(taints.get(kept.get()).getValue())) {
                    operation(operations, "add", "/spec/taints/" + kept.get() + "/value")
                            .put("value", value);
                }
            } else if (taints.isEmpty()) {
                var list = operation(operations, "add", "/spec/taints").putArray("value");
                entry(list.addObject(), key, value);
            } else {
                entry(operation(operations, "add", "/spec/taints/-").putObject("value"), key, value);
            }
        }
        ours.reversed().forEach(i -> operation(operations, "remove", "/spec/taints/" + i));
    }

    private static void annotation(ArrayNode operations, Node node, Optional<String> wanted) {
        var annotations = Objects.requireNonNullElse(node.getMetadata().getAnnotations(), Map.<String, String>of());
        var now = Optional.ofNullable(annotations.get(WaterlineAnnotations.FREEZE));
        if (wanted.equals(now)) {
            return;
        }
        if (wanted.isEmpty()) {
            operation(operations, "remove", ANNOTATION_PATH);
        } else if (annotations.isEmpty()) {
            operation(operations, "add", "/metadata/annotations")
                    .putObject("value")
                    .put(WaterlineAnnotations.FREEZE, wanted.get());
        } else {
            operation(operations, "add", ANNOTATION_PATH).put("value", wanted.get());
        }
    }

    private static void entry(ObjectNode taint, String key, String value) {
        taint.put("key", key).put("value", value).put("effect", "NoSchedule");
    }

    private static ObjectNode operation(ArrayNode operations, String op, String path) {
        return operations.addObject().put("op", op).put("path", path);
    }
}
