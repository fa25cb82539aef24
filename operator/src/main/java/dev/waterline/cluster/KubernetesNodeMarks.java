package dev.waterline.cluster;

import dev.waterline.arbiter.NodeMarks;
import dev.waterline.arbiter.NodeVerdict;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Marks nodes with our taint and our annotation. */
public final class KubernetesNodeMarks implements NodeMarks {
    private final NodeIndex nodes;
    private final NodeMarkWriter writer;
    private final Function<String, Optional<String>> names;

    /** @param names of PriorityWaterlines by UID, as far as they are known */
    public KubernetesNodeMarks(
            KubernetesClient client, NodeIndex nodes, String taintKey, Function<String, Optional<String>> names) {
        this.nodes = nodes;
        this.names = names;
        this.writer = new NodeMarkWriter(client, taintKey);
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
            var fresh = FreezeAnnotation.of(node.uid(), verdict.contributions(), verdict.override(), names);
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
        return writer.put(name, mark);
    }
}
