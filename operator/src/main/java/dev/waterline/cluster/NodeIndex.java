package dev.waterline.cluster;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Every node of the cluster, in summary. */
public final class NodeIndex implements AutoCloseable {
    private final SummaryIndex<Node, NodeSummary> index;

    public NodeIndex(KubernetesClient client, String taintKey) {
        this.index = new SummaryIndex<>(client.nodes(), node -> NodeSummary.of(node, taintKey), Node::new);
    }

    public void start() {
        index.start();
    }

    public boolean isSynced() {
        return index.isSynced();
    }

    public Optional<NodeSummary> get(String name) {
        return index.get("", name);
    }

    public Collection<NodeSummary> all() {
        return index.all();
    }

    /** Finds nodes by what metrics call them, as the cache now is. */
    public NodeNames names() {
        return new NodeNames(name -> get(name).isPresent(), this::all);
    }

    /** The nodes that a selector picks, by name; an absent or empty one picks all. */
    public List<NodeSummary> matching(@Nullable LabelSelector selector) {
        return index.all().stream()
                .filter(node -> LabelSelection.matches(selector, node.labels()))
                .sorted(Comparator.comparing(NodeSummary::name))
                .toList();
    }

    public void onChange(Consumer<NodeSummary> listener) {
        index.onChange(listener);
    }

    @Override
    public void close() {
        index.close();
    }
}
