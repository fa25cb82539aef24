package dev.waterline.cluster;

import dev.waterline.arbiter.NodeMarks;
import dev.waterline.arbiter.NodeVerdict;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Marks nodes with our taint and our annotation. */
public final class KubernetesNodeMarks implements NodeMarks {
    private static final int CONFLICT = 409;
    private static final int NOT_FOUND = 404;

    /** What the API server says when a patch's own test fails. */
    private static final int UNPROCESSABLE = 422;

    private final KubernetesClient client;
    private final NodeIndex nodes;
    private final String taintKey;

    public KubernetesNodeMarks(KubernetesClient client, NodeIndex nodes, String taintKey) {
        this.client = client;
        this.nodes = nodes;
        this.taintKey = taintKey;
    }

    @Override
    public Map<String, Mark> marked() {
        var marked = new HashMap<String, Mark>();
        for (var node : nodes.all()) {
            if (!node.mark().equals(Mark.NONE)) {
                marked.put(node.name(), node.mark());
            }
        }
        return marked;
    }

    @Override
    public Optional<Mark> wanted(String name, NodeVerdict verdict) {
        return nodes.get(name).map(node -> {
            var fresh = FreezeAnnotation.of(node.uid(), verdict.contributions(), verdict.override());
            boolean current = node.mark()
                    .annotation()
                    .flatMap(text -> FreezeAnnotation.parse(text, node.uid()))
                    .filter(fresh::saysTheSameAs)
                    .isPresent();
            return new Mark(
                    Optional.of(verdict.floor()), current ? node.mark().annotation() : Optional.of(fresh.format()));
        });
    }

    @Override
    public boolean put(String name, Mark mark) {
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
