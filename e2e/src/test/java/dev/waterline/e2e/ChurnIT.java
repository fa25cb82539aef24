package dev.waterline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waterline.testbed.Testbed;
import dev.waterline.testbed.junit.Alone;
import dev.waterline.testbed.junit.WithTestbed;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The scheduler's binds with one API server, which leaves the machine room for more of them; judged by the audit log. */
@Alone
@Observed
@WithTestbed(group = "churn")
class ChurnIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    @BeforeAll
    static void install(Testbed testbed) {
        TestPods.createClasses(testbed.client());
        InstalledOperator.in(testbed);
    }

    @Test
    void aSchedulerUnderChurnBindsNoLowPodAfterTheAcknowledgement(Testbed testbed) {
        var pool = Pool.of(testbed, "churn", 40);
        pool.waterline("");
        await().atMost(SOON).until(() -> pool.condition("Enforced").equals("True/Acknowledged"));

        var outcome = new SchedulerChurn(testbed).freezeUnderWay(pool, 14);

        System.out.println("Churn with one API server: " + outcome);
        System.out.printf(
                "Of the guard's calls %.0f were not answered in time%n",
                ApiServerMetrics.of(testbed.client()).guardFailedOpen());
        assertThat(outcome.unguarded()).isEmpty();
        assertThat(outcome.leaks()).isEmpty();
        assertThat(outcome.criticalOnFrozen()).isPositive();
    }
}
