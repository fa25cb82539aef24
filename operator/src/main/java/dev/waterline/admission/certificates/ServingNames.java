package dev.waterline.admission.certificates;

import dev.waterline.admission.WebhookEndpoint;
import java.net.InetAddress;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.SequencedSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names that a serving certificate vouches for.
 *
 * @param dns DNS names, lower case
 * @param addresses IP addresses in their textual form
 */
record ServingNames(Set<String> dns, Set<String> addresses) {
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    ServingNames {
        dns = Set.copyOf(dns);
        addresses = Set.copyOf(addresses);
    }

    static ServingNames of(WebhookEndpoint endpoint, String namespace) {
        SequencedSet<String> dns = new LinkedHashSet<>(Set.of("localhost"));
        SequencedSet<String> addresses = new LinkedHashSet<>(Set.of("127.0.0.1"));
        switch (endpoint) {
            case WebhookEndpoint.Service(String name, int _) -> {
                dns.add(name + "." + namespace + ".svc");
                dns.add(name + "." + namespace + ".svc.cluster.local");
            }
            case WebhookEndpoint.Url(URI base) -> {
                String host = base.getHost();
                if (host.startsWith("[") || IPV4.matcher(host).matches()) {
                    // In the form in which certificates are read back: an IPv6 address has many.
                    addresses.add(InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", ""))
                            .getHostAddress());
                } else {
                    dns.add(host.toLowerCase(Locale.ROOT));
                }
            }
        }
        return new ServingNames(dns, addresses);
    }

    boolean covers(ServingNames others) {
        return dns.containsAll(others.dns) && addresses.containsAll(others.addresses);
    }

    ServingNames and(ServingNames others) {
        Set<String> allDns = new LinkedHashSet<>(dns);
        allDns.addAll(others.dns);
        Set<String> allAddresses = new LinkedHashSet<>(addresses);
        allAddresses.addAll(others.addresses);
        return new ServingNames(allDns, allAddresses);
    }
}
