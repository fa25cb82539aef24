package dev.waterline.cluster;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** By what else than its name a metric may call a node: its addresses, its host name, and what its provider calls it. */
final class NodeAliases {
    private static final String HOSTNAME_LABEL = "kubernetes.io/hostname";

    private NodeAliases() {}

    /** In the form that {@link NodeNames} looks up; without the name itself. */
    static List<String> of(Node node) {
        var aliases = new LinkedHashSet<String>();
        var status = node.getStatus();
        if (status != null) {
            Objects.requireNonNullElse(status.getAddresses(), List.<NodeAddress>of())
                    .forEach(address -> add(aliases, address.getAddress()));
        }
        add(
                aliases,
                Objects.requireNonNullElse(node.getMetadata().getLabels(), Map.<String, String>of())
                        .getOrDefault(HOSTNAME_LABEL, ""));
        if (node.getSpec() != null) {
            add(aliases, providerName(Objects.requireNonNullElse(node.getSpec().getProviderID(), "")));
        }
        aliases.remove(node.getMetadata().getName());
        return List.copyOf(aliases);
    }

    /** {@code aws:///eu-west-1a/i-0abc} names i-0abc. A mere number, as in a scale set of Azure, counts within its set only. */
    private static String providerName(String providerId) {
        var last = providerId.substring(providerId.lastIndexOf('/') + 1);
        return last.chars().anyMatch(Character::isLetter) ? last : "";
    }

    private static void add(Set<String> aliases, String alias) {
        if (!alias.isEmpty()) {
            aliases.add(NodeNames.canonical(alias));
        }
    }
}
