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
        if (isLinkLocal(server.getHost())) {
            return Optional.of("serverAddress " + server.getHost() + " is link-local, which is never asked");
        }
        if (isClusterInternal(server.getHost()) || listed.stream().anyMatch(allowed -> sameServer(allowed, server))) {
            return Optional.empty();
        }
        return Optional.of("serverAddress " + server.getHost()
                + " is not cluster-internal and not listed in the operator's --allowed-metric-servers");
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

    private static boolean isLinkLocal(String host) {
        try {
            for (var address : InetAddress.getAllByName(host)) {
                boolean uniqueMetadata = address instanceof Inet6Address
                        && address.getHostAddress().toLowerCase(Locale.ROOT).startsWith("fd00:ec2:");
                if (address.isLinkLocalAddress() || uniqueMetadata) {
                    return true;
                }
            }
            return false;
        } catch (UnknownHostException e) {
            // The query will fail to connect, and say so; a name that leads nowhere leads nowhere forbidden.
            return false;
        }
    }
}
