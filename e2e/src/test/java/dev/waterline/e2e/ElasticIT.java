package dev.waterline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waterline.api.v1alpha1.ElasticStatus;
import dev.waterline.api.v1alpha1.PriorityWaterline;
import dev.waterline.testbed.Testbed;
import dev.waterline.testbed.junit.WithTestbed;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An objective that is missed, counted by the real Prometheus. The period of 60 s is the shipped one. */
@WithTestbed(group = InstalledOperator.GROUP)
class ElasticIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration ONE_PERIOD = Duration.ofSeconds(90);
    private static final double BETWEEN_THE_LINES = 0.815;

    @BeforeAll
    static void install(Testbed testbed) {
        InstalledOperator.in(testbed);
    }

    @Test
    void thresholdsFallWithTheBurnAndInShadowTheyOnlySayThatTheyWould(Testbed testbed) {
        counter(testbed, "200").rate(100);
        counter(testbed, "500").rate(100);
        soon().until(() -> testbed.prometheus().query("sum(increase(checkout_requests_total[5m]))").stream()
                .anyMatch(sample -> sample.value() > 500));
        var active = Pool.of(testbed, "active", 1);
        var shadow = Pool.of(testbed, "shadow", 1);
        active.heat("active-0", BETWEEN_THE_LINES);
        shadow.heat("shadow-0", BETWEEN_THE_LINES);

        apply(active, "Active");
        apply(shadow, "Shadow");

        soon().until(() -> active.floor("active-0").isPresent());
        assertThat(elastic(active).shift()).isLessThanOrEqualTo(-1);
        assertThat(elastic(active).phase()).isEqualTo("Following");
        assertThat(Objects.requireNonNull(elastic(active).burn())).isGreaterThan(100);
        assertThat(active.condition("Elastic")).isEqualTo("True/Following");
        assertThat(threshold(active)).isLessThanOrEqualTo(81);
        assertThat(active.current()
                        .getStatus()
                        .tiers()
                        .getFirst()
                        .thresholds()
                        .getFirst()
                        .origin())
                .isEqualTo("Elastic");
        assertThat(active.current().getStatus().decisions().getFirst().message())
                .contains("cpu is at 81.5 %", "moved by -");

        soon().until(() -> elastic(shadow).shift() <= -1);
        assertThat(shadow.condition("Elastic")).isEqualTo("True/Shadow");
        assertThat(threshold(shadow)).isEqualTo(82);

        double first = elastic(active).shift();
        await().atMost(ONE_PERIOD).until(() -> elastic(active).shift() < first);
        assertThat(elastic(active).shift()).isGreaterThanOrEqualTo(first - 3);
        assertThat(shadow.floor("shadow-0")).isEmpty();
        assertThat(testbed.client()
                        .events()
                        .v1()
                        .events()
                        .inNamespace("default")
                        .list()
                        .getItems())
                .filteredOn(event -> "active".equals(event.getRegarding().getName()))
                .extracting(Event::getReason)
                .contains("ElasticShift");

        // What was only shown must not take effect at a stroke.
        await().atMost(ONE_PERIOD).until(() -> elastic(shadow).shift() <= -2);
        apply(shadow, "Active");
        soon().until(() -> elastic(shadow).mode().equals("Active"));
        assertThat(elastic(shadow).shift()).isGreaterThanOrEqualTo(-1);

        active.client().resource(active.current()).delete();
        shadow.client().resource(shadow.current()).delete();
    }

    @Test
    void anObjectiveThatNobodyCountsMovesNothingAndSaysSo(Testbed testbed) {
        var pool = Pool.of(testbed, "uncounted", 1);
        var yaml = yaml(pool, "Active").replace("checkout_requests_total", "nobody_counts_total");
        testbed.client()
                .resource(Serialization.unmarshal(yaml, PriorityWaterline.class))
                .forceConflicts()
                .fieldManager("test")
                .serverSideApply();

        soon().until(() -> pool.condition("Elastic").equals("False/EmptyResult"));
        assertThat(elastic(pool).shift()).isZero();
        assertThat(elastic(pool).phase()).isEqualTo("Holding");
        pool.client().resource(pool.current()).delete();
    }

    private static dev.waterline.testbed.scenario.PlayedCounter counter(Testbed testbed, String code) {
        return testbed.exporter().counter("checkout_requests_total", Map.of("code", code));
    }

    private static void apply(Pool pool, String mode) {
        pool.client()
                .resource(Serialization.unmarshal(yaml(pool, mode), PriorityWaterline.class))
                .forceConflicts()
                .fieldManager("test")
                .serverSideApply();
    }

    private static String yaml(Pool pool, String mode) {
        return pool.yaml("") + """
                  elastic:
                    mode: MODE
                    slo:
                      good: sum(increase(checkout_requests_total{code="200"}[$window]))
                      total: sum(increase(checkout_requests_total[$window]))
                      objective: 99.9
                      minEvents: 10
                """.replace("MODE", mode);
    }

    private static ElasticStatus elastic(Pool pool) {
        var status = pool.current().getStatus();
        return status == null || status.elastic() == null ? new ElasticStatus("", 0, "", "", null) : status.elastic();
    }

    private static double threshold(Pool pool) {
        return pool.current()
                .getStatus()
                .tiers()
                .getFirst()
                .thresholds()
                .getFirst()
                .freezeAbove();
    }

    private static ConditionFactory soon() {
        return await().pollInterval(Duration.ofMillis(200)).atMost(SOON);
    }
}
