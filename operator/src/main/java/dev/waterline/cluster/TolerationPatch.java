package dev.waterline.cluster;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** The JSON patch that gives a pod the tolerations it lacks, and leaves those that it has alone. */
public final class TolerationPatch {
    private static final String EFFECT = "NoSchedule";

    private TolerationPatch() {}

    /**
     * The operations; none if the pod tolerates every floor that its priority reaches.
     *
     * @param present the pod's tolerations
     * @param priority the pod's, as resolved by the API server
     * @param floors in use, or about to be
     */
    public static ArrayNode operations(
            List<Toleration> present, int priority, SortedSet<Integer> floors, String taintKey) {
        var operations = JsonNodeFactory.instance.arrayNode();
        var missing = floors.stream()
                .filter(floor -> priority >= floor)
                .filter(floor -> present.stream().noneMatch(toleration -> tolerates(toleration, taintKey, floor)))
                .toList();
        if (missing.isEmpty()) {
            return operations;
        }
        if (present.isEmpty()) {
            var list = add(operations, "/spec/tolerations").putArray("value");
            missing.forEach(floor -> describe(list.addObject(), taintKey, floor));
        } else {
            missing.forEach(
                    floor -> describe(add(operations, "/spec/tolerations/-").putObject("value"), taintKey, floor));
        }
        return operations;
    }

    private static boolean tolerates(Toleration toleration, String taintKey, int floor) {
        if (!Set.of("", EFFECT).contains(orEmpty(toleration.getEffect()))) {
            return false;
        }
        var key = orEmpty(toleration.getKey());
        return "Exists".equals(toleration.getOperator())
                ? key.isEmpty() || key.equals(taintKey)
                : key.equals(taintKey) && Integer.toString(floor).equals(toleration.getValue());
    }

    private static ObjectNode add(ArrayNode operations, String path) {
        return operations.addObject().put("op", "add").put("path", path);
    }

    private static void describe(ObjectNode toleration, String taintKey, int floor) {
        toleration
                .put("key", taintKey)
                .put("operator", "Equal")
                .put("value", Integer.toString(floor))
                .put("effect", EFFECT);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
