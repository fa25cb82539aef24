package dev.waterline.testbed;

import dev.waterline.testbed.tools.Tool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What to start. Two equal options may share a testbed.
 *
 * @param apiServers how many on the same etcd; 0 for etcd alone, and then no part that needs one
 * @param parts what runs beside etcd and the API servers
 * @param audit whether the API servers write audit logs
 * @param users beside the built-in ones
 * @param apiServer the binary of each API server
 * @param apiServerArguments appended to those of each API server
 * @param clientQps requests a second allowed to controller manager and scheduler; the burst is twice that
 * @param scrapeInterval of Prometheus, whole milliseconds
 */
public record TestbedOptions(
        int apiServers,
        Set<Part> parts,
        boolean audit,
        List<User> users,
        Tool apiServer,
        List<String> apiServerArguments,
        int clientQps,
        Duration scrapeInterval) {

    public TestbedOptions {
        parts = Set.copyOf(parts);
        users = List.copyOf(users);
        apiServerArguments = List.copyOf(apiServerArguments);
        if (apiServers < 0) {
            throw new IllegalArgumentException("apiServers must be >= 0, not " + apiServers);
        }
        if (apiServers == 0 && parts.stream().anyMatch(part -> part != Part.PROMETHEUS)) {
            throw new IllegalArgumentException("apiServers is 0, so none of " + parts + " could run");
        }
        if (clientQps < 1) {
            throw new IllegalArgumentException("clientQps must be >= 1, not " + clientQps);
        }
        if (scrapeInterval.toMillis() < 1) {
            throw new IllegalArgumentException("scrapeInterval must be >= 1 ms, not " + scrapeInterval);
        }
    }

    /** Everything, one API server, audit logs, scrapes every second. */
    public static TestbedOptions standard() {
        return new TestbedOptions(
                1,
                EnumSet.allOf(Part.class),
                true,
                List.of(),
                Tool.KUBE_APISERVER,
                List.of(),
                1000,
                Duration.ofSeconds(1));
    }

    /** Nothing but etcd. */
    public static TestbedOptions etcdOnly() {
        return new TestbedOptions(
                0, Set.of(), false, List.of(), Tool.KUBE_APISERVER, List.of(), 1000, Duration.ofSeconds(1));
    }

    public TestbedOptions withApiServers(int count) {
        return new TestbedOptions(count, parts, audit, users, apiServer, apiServerArguments, clientQps, scrapeInterval);
    }

    public TestbedOptions without(Part... unwanted) {
        var rest = new ArrayList<>(parts);
        rest.removeAll(List.of(unwanted));
        return new TestbedOptions(
                apiServers, Set.copyOf(rest), audit, users, apiServer, apiServerArguments, clientQps, scrapeInterval);
    }

    public TestbedOptions withAudit(boolean on) {
        return new TestbedOptions(
                apiServers, parts, on, users, apiServer, apiServerArguments, clientQps, scrapeInterval);
    }

    public TestbedOptions withUser(User user) {
        var all = new ArrayList<>(users);
        all.add(user);
        return new TestbedOptions(
                apiServers, parts, audit, all, apiServer, apiServerArguments, clientQps, scrapeInterval);
    }

    /** API servers of another release, from a module of its own. */
    public TestbedOptions withApiServer(Tool binary) {
        return new TestbedOptions(
                apiServers, parts, audit, users, binary, apiServerArguments, clientQps, scrapeInterval);
    }

    public TestbedOptions withApiServerArguments(String... arguments) {
        return new TestbedOptions(
                apiServers, parts, audit, users, apiServer, List.of(arguments), clientQps, scrapeInterval);
    }

    public TestbedOptions withClientQps(int qps) {
        return new TestbedOptions(apiServers, parts, audit, users, apiServer, apiServerArguments, qps, scrapeInterval);
    }

    public TestbedOptions withScrapeInterval(Duration interval) {
        return new TestbedOptions(apiServers, parts, audit, users, apiServer, apiServerArguments, clientQps, interval);
    }

    boolean has(Part part) {
        return parts.contains(part);
    }
}
