package dev.waterline.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waterline.testbed.process.FreePorts;
import dev.waterline.testbed.process.TestbedException;
import dev.waterline.testbed.tools.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Prometheus, which scrapes the scenario exporter and keeps the labels as the exporter gives them. It does so twice: as the
 * job {@code scenario}, and as {@code payment-api}, which has the series {@code http_requests_total} of that job alone, so
 * that {@code up{job="payment-api"}} is Prometheus' own.
 */
public final class PrometheusServer extends Component {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(10);

    /**
     * One element of an instant vector, or a scalar without labels.
     *
     * @param labels without {@code __name__}
     */
    public record Sample(Map<String, String> labels, double value) {
        public Sample {
            labels = Map.copyOf(labels);
        }
    }

    private final URI uri;
    private final HttpClient client = HttpClient.newHttpClient();

    private PrometheusServer(RunContext run, Path configuration, Path data, int port) {
        super(
                run.launch(Tool.PROMETHEUS, "prometheus", arguments(configuration, data, port)),
                ready(run, data, port),
                Duration.ofSeconds(60));
        this.uri = RunContext.loopback("http", port, "");
    }

    static PrometheusServer onFreshPort(RunContext run, int exporterPort) {
        var configuration = run.workspace().write("prometheus.yaml", """
                        global:
                          scrape_interval: %dms
                          scrape_timeout: %1$dms
                        scrape_configs:
                          - job_name: scenario
                            honor_labels: true
                            static_configs:
                              - targets: ["127.0.0.1:%d"]
                            metric_relabel_configs:
                              - source_labels: [job]
                                regex: payment-api
                                action: drop
                          - job_name: payment-api
                            honor_labels: true
                            params:
                              "name[]": [http_requests_total]
                            static_configs:
                              - targets: ["127.0.0.1:%2$d"]
                        """.formatted(
                        run.options().scrapeInterval().toMillis(), exporterPort));
        return new PrometheusServer(run, configuration, run.workspace().root().resolve("prometheus"), FreePorts.next());
    }

    public URI uri() {
        return uri;
    }

    /**
     * An instant query, as of now.
     *
     * @throws TestbedException if Prometheus does not answer or refuses the query
     */
    public List<Sample> query(String promQl) {
        var body = "query=" + URLEncoder.encode(promQl, StandardCharsets.UTF_8);
        var request = HttpRequest.newBuilder(uri.resolve("/api/v1/query"))
                .timeout(ANSWERED_WITHIN)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            var answer = JSON.readTree(
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body());
            if (!answer.path("status").asText().equals("success")) {
                throw new TestbedException("Prometheus refused '" + promQl + "': "
                        + answer.path("error").asText());
            }
            return samples(answer.path("data"));
        } catch (IOException e) {
            throw new TestbedException("Prometheus at " + uri + " does not answer; its log is " + log(), e);
        } catch (InterruptedException e) {
            throw TestbedException.interrupted("asking Prometheus", e);
        }
    }

    private static List<Sample> samples(JsonNode data) {
        if (data.path("resultType").asText().equals("scalar")) {
            return List.of(new Sample(Map.of(), number(data.path("result"))));
        }
        var samples = new ArrayList<Sample>();
        for (var element : data.path("result")) {
            var labels = new HashMap<String, String>();
            element.path("metric").properties().forEach(label -> {
                if (!label.getKey().equals("__name__")) {
                    labels.put(label.getKey(), label.getValue().asText());
                }
            });
            samples.add(new Sample(labels, number(element.path("value"))));
        }
        return samples;
    }

    private static double number(JsonNode pair) {
        var text = pair.path(1).asText();
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    /** It has no TLS to be known by, but it can say where its data lie, and that folder is ours alone. */
    private static java.util.function.BooleanSupplier ready(RunContext run, Path data, int port) {
        var ready = run.probe().ok(RunContext.loopback("http", port, "/-/ready"));
        var own = run.probe()
                .ok(RunContext.loopback("http", port, "/api/v1/status/flags"), null, body -> storedIn(body, data));
        return () -> ready.getAsBoolean() && own.getAsBoolean();
    }

    private static boolean storedIn(String flags, Path data) {
        try {
            return JSON.readTree(flags)
                    .path("data")
                    .path("storage.tsdb.path")
                    .asText()
                    .equals(data.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("Prometheus' flags are no JSON", e);
        }
    }

    private static List<String> arguments(Path configuration, Path data, int port) {
        return List.of(
                "--config.file=" + configuration,
                "--storage.tsdb.path=" + data,
                "--storage.tsdb.retention.time=6h",
                "--web.listen-address=127.0.0.1:" + port);
    }
}
