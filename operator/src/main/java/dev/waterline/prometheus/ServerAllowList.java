package dev.waterline.prometheus;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which servers resources may name. Tenants write resources, so this is what keeps them from making the operator ask anything
 * it can reach: cluster-internal names and the operator's own server by default, others if the admin has listed them, and
 * link-local addresses (a cloud's metadata service) never, not by name either.
 */
public final class ServerAllowList {
    private final List<URI> listed;

    /** @param listed servers allowed besides cluster-internal names: compared by scheme, host and port */
    public ServerAllowList(List<URI> listed) {
        this.listed = List.copyOf(listed);
    }

    /** Empty if the server may be asked; else one sentence that says why not. */
    public Optional<String> refusal(URI server) {
        var scheme = server.getScheme() == null ? "" : server.getScheme().toLowerCase(Locale.ROOT);
        if (!(scheme.equals("http") || scheme.equals("https")) || server.getHost() == null) {
            return Optional.of("serverAddress must be an absolute http or https URL");
        }
        if (server.getUserInfo() != null) {
            return Optional.of("serverAddress must not carry credentials");
        }
        if (server.getRawQuery() != null || server.getRawFragment() != null) {
            // Else everything of the path that we append would become part of it, and the tenant would choose the path.
            return Optional.of("serverAddress must end with its path: remove the part from ? or # on");
        }
        boolean isListed = listed.stream().anyMatch(allowed -> sameServer(allowed, server));
        if (!isListed && !isClusterInternal(server.getHost())) {
            return Optional.of("serverAddress " + server.getHost()
                    + " is not cluster-internal and not listed in the operator's --allowed-metric-servers");
        }
        return byAddress(server.getHost(), isListed);
    }

    /** A name can lead anywhere (a Service of type ExternalName is a tenant's to make), so what it leads to counts too. */
    private static Optional<String> byAddress(String host, boolean isListed) {
        var addresses = addresses(host);
        if (addresses.stream().anyMatch(ServerAllowList::isLinkLocal)) {
            return Optional.of("serverAddress " + host + " is link-local, which is never asked");
        }
        if (!isListed && addresses.stream().anyMatch(a -> a.isLoopbackAddress() || a.isAnyLocalAddress())) {
            return Optional.of("serverAddress " + host
                    + " leads to the operator itself: list it in --allowed-metric-servers if that is meant");
        }
        return Optional.empty();
    }

    private static boolean isClusterInternal(String host) {
        var name = host.toLowerCase(Locale.ROOT);
        boolean isAddress = name.startsWith("[") || name.matches("[0-9.]+") || name.matches("0x[0-9a-f]+");
        return !isAddress
                && !name.equals("localhost")
                && (!name.contains(".") || name.endsWith(".svc") || name.endsWith(".svc.cluster.local"));
    }

    private static boolean sameServer(URI allowed, URI server) {
        return allowed.getScheme().equalsIgnoreCase(server.getScheme())
                && allowed.getHost().equalsIgnoreCase(server.getHost())
                && port(allowed) == port(server);
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }

    private static boolean isLinkLocal(InetAddress address) {
        boolean uniqueMetadata = address instanceof Inet6Address
                && address.getHostAddress().toLowerCase(Locale.ROOT).startsWith("fd00:ec2:");
        return address.isLinkLocalAddress() || uniqueMetadata;
    }

    private static List<InetAddress> addresses(String host) {
        try {
            return List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException e) {
            // The query will fail to connect, and say so; a name that leads nowhere leads nowhere forbidden.
            return List.of();
        }
    }
}
