package dev.waterline.cluster;

import io.fabric8.kubernetes.api.model.NodeSelector;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a required node affinity picks: nodes that meet all of any of its terms. A term that says nothing picks none. */
final class NodeSelection {
    private NodeSelection() {}

    static boolean matches(NodeSelector selector, NodeSummary node) {
        return Objects.requireNonNullElse(selector.getNodeSelectorTerms(), List.<NodeSelectorTerm>of()).stream()
                .anyMatch(term -> matches(term, node));
    }

    private static boolean matches(NodeSelectorTerm term, NodeSummary node) {
        var labels = Objects.requireNonNullElse(term.getMatchExpressions(), List.<NodeSelectorRequirement>of());
        var fields = Objects.requireNonNullElse(term.getMatchFields(), List.<NodeSelectorRequirement>of());
        return !(labels.isEmpty() && fields.isEmpty())
                && labels.stream().allMatch(wanted -> meets(wanted, node.labels()::get))
                && fields.stream().allMatch(wanted -> meets(wanted, Map.of("metadata.name", node.name())::get));
    }

    private static boolean meets(NodeSelectorRequirement wanted, Function<String, @Nullable String> values) {
        @Nullable String value = values.apply(wanted.getKey());
        var named = Objects.requireNonNullElse(wanted.getValues(), List.<String>of());
        return switch (wanted.getOperator()) {
            case "In" -> value != null && named.contains(value);
            case "NotIn" -> value == null || !named.contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            case "Gt" -> value != null && difference(value, named) > 0;
            case "Lt" -> value != null && difference(value, named) < 0;
            default -> false;
        };
    }

    /** 0, which neither operator accepts, if there are not two whole numbers. */
    private static int difference(String value, List<String> named) {
        return named.size() == 1 && isWhole(value) && isWhole(named.getFirst())
                ? new BigInteger(value).compareTo(new BigInteger(named.getFirst()))
                : 0;
    }

    private static boolean isWhole(String text) {
        return text.matches("-?[0-9]{1,18}");
    }
}
