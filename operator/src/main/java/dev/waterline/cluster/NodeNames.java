package dev.waterline.cluster;

import java.net.InetAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Finds the node that a metric's label means: by the Node's name, or by one of its addresses, its host name or its provider's
 * name for it, each with or without a port. A name goes before everything else. What two nodes claim names neither: a wrong
 * node would be frozen.
 *
 * <p>Names are the usual case and cost one look into the cache; the table of everything else is made when it is first needed.
 */
public final class NodeNames {
    private static final Pattern WITH_PORT = Pattern.compile("([^:\\[\\]]+):[0-9]{1,5}|\\[([^\\]]+)](?::[0-9]{1,5})?");
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

    /** Which node a label means. */
    public sealed interface Match {
        record Found(String node) implements Match {}

        record Unknown() implements Match {}

        /** @param nodes all that claim it, by name */
        record Ambiguous(List<String> nodes) implements Match {}
    }

    private static final Match UNKNOWN = new Match.Unknown();

    private final Predicate<String> isName;
    private final Supplier<Collection<NodeSummary>> nodes;
    private Optional<Map<String, Match>> aliases = Optional.empty();

    /**
     * @param isName whether there is a node of that name
     * @param nodes all nodes of the cluster, those too that no policy selects
     */
    NodeNames(Predicate<String> isName, Supplier<Collection<NodeSummary>> nodes) {
        this.isName = isName;
        this.nodes = nodes;
    }

    /** Those of a few nodes, which need not be in any cluster. */
    public static NodeNames of(Collection<NodeSummary> nodes) {
        var byName = new HashMap<String, NodeSummary>();
        nodes.forEach(node -> byName.put(node.name(), node));
        return new NodeNames(byName::containsKey, byName::values);
    }

    /** @param label the value of a series label */
    public Match match(String label) {
        if (isName.test(label)) {
            return new Match.Found(label);
        }
        var key = canonical(label);
        return isName.test(key) ? new Match.Found(key) : aliases().getOrDefault(key, UNKNOWN);
    }

    /** How many nodes there are, those too that no policy selects. */
    public int size() {
        return nodes.get().size();
    }

    private synchronized Map<String, Match> aliases() {
        if (aliases.isEmpty()) {
            var table = new HashMap<String, Match>();
            nodes.get()
                    .forEach(node -> node.aliases()
                            .forEach(alias -> table.merge(alias, new Match.Found(node.name()), NodeNames::both)));
            aliases = Optional.of(table);
        }
        return aliases.get();
    }

    private static Match both(Match one, Match other) {
        var claimants = new TreeSet<String>();
        for (var match : List.of(one, other)) {
            switch (match) {
                case Match.Found(String node) -> claimants.add(node);
                case Match.Ambiguous(List<String> several) -> claimants.addAll(several);
                case Match.Unknown _ -> {}
            }
        }
        return claimants.size() == 1 ? one : new Match.Ambiguous(List.copyOf(claimants));
    }

    /** Without port and brackets, in lower case, and an IPv6 address in its one long form. */
    static String canonical(String label) {
        var port = WITH_PORT.matcher(label);
        var host = !port.matches() ? label : port.group(1) != null ? port.group(1) : port.group(2);
        boolean isAddress = host.contains(":") || IPV4.matcher(host).matches();
        return isAddress ? address(host) : host.toLowerCase(Locale.ROOT);
    }

    private static String address(String host) {
        try {
            return InetAddress.ofLiteral(host).getHostAddress();
        } catch (IllegalArgumentException e) {
            // It only looks like an address; as a text it may still be one that a node goes by.
            return host.toLowerCase(Locale.ROOT);
        }
    }
}
