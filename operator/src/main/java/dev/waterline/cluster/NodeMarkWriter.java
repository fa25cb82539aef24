package dev.waterline.cluster;

import dev.waterline.arbiter.NodeMarks.Mark;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

/** Makes one node carry a mark, and leaves all else on it alone. */
final class NodeMarkWriter {
    private static final int CONFLICT = 409;
    private static final int NOT_FOUND = 404;

    /** What the API server says when a patch's own test fails. */
    private static final int UNPROCESSABLE = 422;

    private final KubernetesClient client;
    private final String taintKey;

    NodeMarkWriter(KubernetesClient client, String taintKey) {
        this.client = client;
        this.taintKey = taintKey;
    }

    /**
     * A node that is gone counts as done.
     *
     * @return whether it carries the mark now; false: somebody else wrote at the same time, so try again
     */
    boolean put(String name, Mark mark) {
        var node = client.nodes().withName(name).get();
        if (node == null) {
            return true;
        }
        var patch = TaintPatch.of(node, mark, taintKey);
        if (patch.isEmpty()) {
            return true;
        }
        try {
            client.nodes().withName(name).patch(context(), patch.get());
            return true;
        } catch (KubernetesClientException e) {
            return switch (e.getCode()) {
                case NOT_FOUND -> true;
                case CONFLICT, UNPROCESSABLE -> false;
                default -> throw e;
            };
        }
    }

    private static PatchContext context() {
        var context = PatchContext.of(PatchType.JSON);
        context.setFieldManager(FieldManager.NAME);
        return context;
    }
}
