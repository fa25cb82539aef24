package dev.waterline.testbed.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ScenarioExporterTest {
    private static final Map<String, String> PAYMENTS = Map.of("job", "payment-api", "status", "500");

    private final AtomicLong nanos = new AtomicLong(-123);
    private final ScenarioExporter exporter = ScenarioExporter.start(nanos::get);
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        exporter.close();
        client.close();
    }

    @Test
    void aNodesCountersGrowByItsUtilisation() throws IOException, InterruptedException {
        exporter.node("node-1").utilisation(0.75);
        pass(Duration.ofSeconds(100));
        exporter.node("node-1").utilisation(0.5);
        pass(Duration.ofSeconds(100));

        assertThat(scrape())
                .contains("node_cpu_seconds_total{cpu=\"0\",mode=\"idle\",node=\"node-1\",} 75.0")
                .contains("node_cpu_seconds_total{cpu=\"0\",mode=\"user\",node=\"node-1\",} 100.0")
                .contains("node_utilisation_ratio{node=\"node-1\",} 0.5");
    }

    @Test
    void aCounterGrowsAtItsRateAndStartsAgainAfterAReset() throws IOException, InterruptedException {
        var errors = exporter.counter("http_requests_total", PAYMENTS);
        errors.rate(20);
        pass(Duration.ofSeconds(3));
        errors.add(5);
        assertThat(scrape()).contains("http_requests_total{job=\"payment-api\",status=\"500\",} 65.0");
        errors.reset();
        pass(Duration.ofSeconds(1));
        assertThat(scrape()).contains("http_requests_total{job=\"payment-api\",status=\"500\",} 20.0");
    }

    @Test
    void aDroppedSeriesIsGoneUntilItIsShown() throws IOException, InterruptedException {
        exporter.node("node-1").utilisation(1);
        exporter.node("node-1").drop();
        assertThat(scrape()).doesNotContain("node-1");
        exporter.node("node-1").show();
        assertThat(scrape()).contains("node_utilisation_ratio{node=\"node-1\",} 1.0");
    }

    @Test
    void aSpoiltNodeShowsNaNAndLosesNoCount() throws IOException, InterruptedException {
        exporter.node("node-1").utilisation(0.5);
        pass(Duration.ofSeconds(10));
        exporter.node("node-1").utilisation(Double.NaN);
        assertThat(scrape())
                .contains("mode=\"idle\",node=\"node-1\",} NaN")
                .contains("node_utilisation_ratio{node=\"node-1\",} NaN");
        exporter.node("node-1").utilisation(0.5);
        assertThat(scrape()).contains("mode=\"idle\",node=\"node-1\",} 5.0");
    }

    @Test
    void afterAClearNothingIsShown() throws IOException, InterruptedException {
        exporter.gauge("anything", Map.of()).set(3);
        assertThat(scrape()).contains("anything 3.0");
        exporter.clear();
        assertThat(scrape()).isEmpty();
    }

    @Test
    void badInputNamesTheField() {
        var node = exporter.node("node-1");
        assertThatThrownBy(() -> node.utilisation(85)).hasMessage("utilisation must be from 0 to 1 or NaN, not 85.0");
        var counter = exporter.counter("http_requests_total", PAYMENTS);
        assertThatThrownBy(() -> counter.rate(-1)).hasMessage("rate must be a finite number >= 0, not -1.0");
        assertThatThrownBy(() -> exporter.counter("http_requests", PAYMENTS)).hasMessageContaining("ends in _total");
        assertThatThrownBy(() -> exporter.gauge("http_requests_total", PAYMENTS))
                .hasMessageContaining("PlayedCounter");
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private String scrape() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + exporter.port() + "/metrics"))
                .timeout(Duration.ofSeconds(10))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
}
