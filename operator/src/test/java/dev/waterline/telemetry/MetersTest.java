package dev.waterline.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.fixture.FakeClock;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetersTest {
    private final Metrics metrics = new Metrics();

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void everyMeterOfOursIsDescribedAndNamedByTheConvention() {
        registerAll();

        var helpLines = scrape().lines()
                .filter(line -> line.startsWith("# HELP waterline_"))
                .toList();
        assertThat(helpLines)
                .hasSizeGreaterThan(25)
                .allSatisfy(line -> assertThat(line).matches("# HELP \\S+ [A-Z0-9].+\\."));
        assertThat(scrape())
                .contains(
                        "waterline_guard_verdicts_total{outcome=\"denied\",reason=\"floor\",request=\"binding\",} 1.0",
                        "waterline_query_duration_seconds_count{outcome=\"Fresh\",server=\"http://p:9090\",} 1.0",
                        "waterline_workload_desired_replicas{workload=\"pay\",workload_namespace=\"shop\",} 3.0",
                        "waterline_node_utilisation_ratio{node=\"n1\",signal=\"cpu\",waterline=\"core\",} 0.81",
                        "waterline_node_floor{node=\"n1\",} 1000.0",
                        "waterline_nodes_frozen{tier=\"low\",waterline=\"core\",} 2.0",
                        "waterline_unmatched_series{signal=\"cpu\",waterline=\"core\",} 12.0",
                        "waterline_freezes_total{tier=\"low\",waterline=\"core\",} 1.0",
                        "waterline_freeze_acknowledgement_seconds_bucket{le=\"0.05\",} 1.0",
                        "waterline_window_in_effect{waterline=\"core\",window=\"t0\",} 1.0",
                        "waterline_settlement_state{state=\"OnTrack\",waterline=\"core\",window=\"t0\",} 1.0",
                        "waterline_settlement_state{state=\"Met\",waterline=\"core\",window=\"t0\",} 0.0",
                        "waterline_settlement_required_seconds{waterline=\"core\",window=\"t0\",} 120.0",
                        "waterline_settlement_left_seconds{waterline=\"core\",window=\"t0\",} 180.0",
                        "waterline_elastic_shift_points{mode=\"Active\",waterline=\"core\",} -3.5",
                        "waterline_elastic_burn{waterline=\"core\",window=\"1h\",} 1.5",
                        "waterline_leader 1.0",
                        "waterline_certificate_expiry_seconds{certificate=\"serving\",} 60.0");
    }

    @Test
    void aWorkloadsSeriesGoWithTheWorkload() {
        ScalingMeters meters = new ScalingMeters(metrics.registry());
        for (String name : new String[] {"pay", "cart"}) {
            meters.observed("shop", name, 2, 1, 5);
            meters.decided("shop", name, 3, 7.5, "scaled", "Metric");
            meters.trigger("shop", name, "errors", 16, 15);
        }

        meters.forget("shop", "pay");

        assertThat(scrape()).doesNotContain("workload=\"pay\"").contains("workload=\"cart\"");
    }

    @Test
    void aWaterlinesAndANodesSeriesGoWithThem() {
        PressureMeters meters = new PressureMeters(metrics.registry());
        meters.utilisation("core", "n1", "cpu", 0.81);
        meters.utilisation("core", "n2", "cpu", 0.5);
        meters.frozen("core", "low", 2);
        meters.thresholds("core", "low", "cpu", 0.82, 0.75);
        meters.unmatchedSeries("core", "cpu", 12);
        meters.froze("core", "low");
        meters.thawed("core", "low", Duration.ofMinutes(6));
        meters.floor("n1", 1000);

        meters.forgetNode("core", "n1");
        meters.noFloor("n1");
        assertThat(scrape()).doesNotContain("node=\"n1\"").contains("node=\"n2\"");

        meters.forgetNode("core", "n2");
        meters.forgetWaterline("core");
        assertThat(scrape()).doesNotContain("waterline=\"core\"");
    }

    @Test
    void aWindowsSeriesGoWithItAndWhatIsNotRequiredAnyMoreHasNoSeries() {
        WindowMeters meters = new WindowMeters(metrics.registry());
        meters.inEffect("core", "t0", true);
        meters.settlement(
                "core",
                "t0",
                "OnTrack",
                List.of("OnTrack", "Met"),
                Optional.of(Duration.ofMinutes(2)),
                Optional.of(Duration.ofMinutes(3)));

        meters.settlement("core", "t0", "Met", List.of("OnTrack", "Met"), Optional.empty(), Optional.empty());
        assertThat(scrape())
                .contains("waterline_settlement_state{state=\"Met\",waterline=\"core\",window=\"t0\",} 1.0")
                .contains("waterline_settlement_state{state=\"OnTrack\",waterline=\"core\",window=\"t0\",} 0.0")
                .doesNotContain("waterline_settlement_required_seconds{", "waterline_settlement_left_seconds{");

        meters.forget("core", "t0");
        assertThat(scrape()).doesNotContain("window=\"t0\"");
    }

    @Test
    void aThresholdThatATierHasNoMoreHasNoSeries() {
        PressureMeters meters = new PressureMeters(metrics.registry());
        meters.thresholds("core", "low", "cpu", 0.82, 0.75);

        meters.noThresholds("core", "low", "cpu");

        assertThat(scrape()).doesNotContain("waterline_freeze_threshold_ratio{", "waterline_thaw_threshold_ratio{");
    }

    @Test
    void aShiftHasOneModeAndAnUnknownBurnIsNoSeries() {
        ElasticMeters meters = new ElasticMeters(metrics.registry());
        meters.shift("core", "Shadow", -3);
        meters.burn("core", 2.5, 1.5);

        meters.shift("core", "Active", 0);
        meters.noBurn("core");
        assertThat(scrape())
                .contains("waterline_elastic_shift_points{mode=\"Active\",waterline=\"core\",} 0.0")
                .doesNotContain("mode=\"Shadow\"", "waterline_elastic_burn{");

        meters.forget("core");
        assertThat(scrape()).doesNotContain("waterline=\"core\"");
    }

    @Test
    void aValueThatIsMissingIsNoSeriesRatherThanZero() {
        PressureMeters pressure = new PressureMeters(metrics.registry());
        ScalingMeters scaling = new ScalingMeters(metrics.registry());
        pressure.utilisation("core", "n1", "cpu", 0.8);
        scaling.trigger("shop", "pay", "errors", 16, 15);
        scaling.decided("shop", "pay", 3, 7.5, "scaled", "Metric");

        pressure.utilisation("core", "n1", "cpu", Double.NaN);
        scaling.trigger("shop", "pay", "errors", Double.NaN, 15);
        scaling.decided("shop", "pay", 3, Double.NaN, "held", "NoData");

        assertThat(scrape())
                .doesNotContain(
                        "waterline_node_utilisation_ratio{",
                        "waterline_workload_metric_value{",
                        "waterline_workload_unbounded_replicas{")
                .contains("waterline_workload_metric_target{");
    }

    @Test
    void aSeriesThatComesBackShowsItsNewValue() {
        PressureMeters meters = new PressureMeters(metrics.registry());
        meters.floor("n1", 1000);
        meters.noFloor("n1");

        meters.floor("n1", 2000);

        assertThat(scrape()).contains("waterline_node_floor{node=\"n1\",} 2000.0");
    }

    @Test
    void whatTheSdkLeavesUndescribedIsDescribed() {
        Counter.builder("reconciliations.started").register(metrics.registry());

        assertThat(scrape()).contains("# HELP reconciliations_started_total Reconciliations begun.");
    }

    @Test
    void theProcessAndItsRuntimeAreMeasured() {
        assertThat(scrape()).contains("jvm_memory_used_bytes", "process_uptime_seconds", "process_files_open_files");
    }

    @Test
    void aScraperThatAsksForOpenMetricsGetsIt() {
        String type = Metrics.negotiate("application/openmetrics-text; version=1.0.0");

        assertThat(type).startsWith("application/openmetrics-text");
        assertThat(metrics.scrape(type)).endsWith("# EOF\n");
        assertThat(Metrics.negotiate(null)).startsWith("text/plain");
    }

    private void registerAll() {
        GuardMeters guard = new GuardMeters(metrics.registry());
        guard.verdict("binding", "denied", "floor", Duration.ofNanos(20_000));
        new QueryMeters(metrics.registry()).queried("http://p:9090", "Fresh", Duration.ofMillis(3));
        ScalingMeters scaling = new ScalingMeters(metrics.registry());
        scaling.observed("shop", "pay", 2, 1, 5);
        scaling.decided("shop", "pay", 3, 7.5, "scaled", "Metric");
        scaling.trigger("shop", "pay", "errors", 16, 15);
        PressureMeters pressure = new PressureMeters(metrics.registry());
        pressure.utilisation("core", "n1", "cpu", 0.81);
        pressure.floor("n1", 1000);
        pressure.frozen("core", "low", 2);
        pressure.thresholds("core", "low", "cpu", 0.82, 0.75);
        pressure.unmatchedSeries("core", "cpu", 12);
        pressure.froze("core", "low");
        pressure.thawed("core", "low", Duration.ofMinutes(6));
        pressure.acknowledged(Duration.ofMillis(40), Duration.ofSeconds(12));
        WindowMeters windows = new WindowMeters(metrics.registry());
        windows.inEffect("core", "t0", true);
        windows.settlement(
                "core",
                "t0",
                "OnTrack",
                List.of("OnTrack", "Met"),
                Optional.of(Duration.ofMinutes(2)),
                Optional.of(Duration.ofMinutes(3)));
        ElasticMeters elastic = new ElasticMeters(metrics.registry());
        elastic.shift("core", "Active", -3.5);
        elastic.burn("core", 2.5, 1.5);
        FakeClock clock = new FakeClock("2026-01-01T00:00:00Z");
        ProcessMeters process = new ProcessMeters(metrics.registry());
        process.leading(() -> true);
        process.certificateExpiry("serving", () -> clock.instant().plusSeconds(60), clock);
    }

    private String scrape() {
        return metrics.scrape(Metrics.negotiate(null));
    }
}
