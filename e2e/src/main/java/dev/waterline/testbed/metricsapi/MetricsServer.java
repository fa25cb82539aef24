package dev.waterline.testbed.metricsapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;

/** {@code metrics.k8s.io/v1beta1} over HTTPS on a loopback port that the kernel picks: GET and list, without selectors. */
public final class MetricsServer implements AutoCloseable {
    private static final String ROOT = "/apis/metrics.k8s.io/v1beta1";
    private static final String WINDOW = "15s";

    private final ObjectMapper json = new ObjectMapper();
    private final PlayedUsage usage = new PlayedUsage();
    private final AtomicInteger nodeLists = new AtomicInteger();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final InstantSource clock;
    private final HttpsServer server;
    private volatile boolean failing;

    private MetricsServer(SSLContext tls, InstantSource clock) {
        this.clock = clock;
        try {
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start the metrics server", e);
        }
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.setExecutor(executor);
        server.createContext("/", this::answer);
        server.start();
    }

    public static MetricsServer start(SSLContext tls, InstantSource clock) {
        return new MetricsServer(tls, clock);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** What it tells. */
    public PlayedUsage usage() {
        return usage;
    }

    /** Answers every question for metrics with status 503 while {@code true}. The API stays discoverable. */
    public void failing(boolean fails) {
        failing = fails;
    }

    /** How often the list of all nodes was asked for. */
    public int nodeLists() {
        return nodeLists.get();
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            var body = path.equals(ROOT)
                    ? Optional.<JsonNode>of(resources())
                    : path.startsWith(ROOT + "/") && !failing
                            ? metrics(List.of(path.substring(ROOT.length() + 1).split("/")))
                            : Optional.<JsonNode>empty();
            int status = body.isPresent() ? 200 : path.startsWith(ROOT) && failing ? 503 : 404;
            var bytes = body.orElseGet(() -> failure(status)).toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private Optional<JsonNode> metrics(List<String> path) {
        return switch (path.getFirst() + "/" + path.size()) {
            case "nodes/1" -> {
                nodeLists.incrementAndGet();
                yield Optional.of(list(
                        "NodeMetricsList",
                        usage.nodes().stream().map(this::node).toList()));
            }
            case "nodes/2" -> usage.node(path.get(1)).map(this::node);
            case "pods/1" -> Optional.of(pods(_ -> true));
            case "namespaces/3" -> Optional.of(pods(pod -> pod.namespace().equals(path.get(1))));
            case "namespaces/4" ->
                usage.pods().stream()
                        .filter(pod -> pod.pod().equals(new PlayedUsage.PodName(path.get(1), path.get(3))))
                        .map(this::pod)
                        .findFirst();
            default -> Optional.empty();
        };
    }

    private JsonNode pods(Predicate<PlayedUsage.PodName> wanted) {
        return list(
                "PodMetricsList",
                usage.pods().stream()
                        .filter(pod -> wanted.test(pod.pod()))
                        .map(this::pod)
                        .toList());
    }

    private JsonNode node(PlayedUsage.NodeUsage node) {
        var metrics = measured("NodeMetrics", node.age());
        metrics.withObject("/metadata").put("name", node.name());
        quantities(metrics.putObject("usage"), node.usage());
        return metrics;
    }

    private JsonNode pod(PlayedUsage.PodUsage pod) {
        var metrics = measured("PodMetrics", pod.age());
        metrics.withObject("/metadata")
                .put("namespace", pod.pod().namespace())
                .put("name", pod.pod().name());
        var containers = metrics.putArray("containers");
        pod.containers().forEach((name, used) -> {
            var container = containers.addObject().put("name", name);
            quantities(container.putObject("usage"), used);
        });
        return metrics;
    }

    private ObjectNode measured(String kind, Duration age) {
        var at = clock.instant().minus(age).truncatedTo(ChronoUnit.SECONDS).toString();
        return json.createObjectNode()
                .put("kind", kind)
                .put("apiVersion", "metrics.k8s.io/v1beta1")
                .put("timestamp", at)
                .put("window", WINDOW);
    }

    private static void quantities(ObjectNode into, Usage used) {
        into.put("cpu", used.cpuQuantity()).put("memory", used.memoryQuantity());
    }

    private JsonNode list(String kind, List<JsonNode> items) {
        var list = json.createObjectNode().put("kind", kind).put("apiVersion", "metrics.k8s.io/v1beta1");
        list.putObject("metadata");
        list.putArray("items").addAll(items);
        return list;
    }

    private JsonNode resources() {
        var list = json.createObjectNode()
                .put("kind", "APIResourceList")
                .put("apiVersion", "v1")
                .put("groupVersion", "metrics.k8s.io/v1beta1");
        var resources = list.putArray("resources");
        resource(resources.addObject(), "nodes", "NodeMetrics", false);
        resource(resources.addObject(), "pods", "PodMetrics", true);
        return list;
    }

    private static void resource(ObjectNode into, String name, String kind, boolean namespaced) {
        into.put("name", name)
                .put("singularName", "")
                .put("namespaced", namespaced)
                .put("kind", kind);
        into.putArray("verbs").add("get").add("list");
    }

    private JsonNode failure(int code) {
        return json.createObjectNode()
                .put("kind", "Status")
                .put("apiVersion", "v1")
                .put("status", "Failure")
                .put("code", code);
    }
}
