package dev.waterline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waterline.testbed.OperatorInstallation;
import dev.waterline.testbed.OperatorProcess;
import dev.waterline.testbed.Testbed;
import dev.waterline.testbed.User;
import dev.waterline.testbed.junit.Alone;
import dev.waterline.testbed.junit.WithTestbed;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Dwells go on through the death of the operator. A source that is late by three intervals would rightly begin them anew. */
@Alone
@Observed
@WithTestbed(group = "restarted-dwells")
class RestartedDwellIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration LEASE = Duration.ofSeconds(15);

    /**
     * A node gets hot, another one cools, and the operator is killed in the middle of both dwells. With the past from
     * Prometheus they end when they would have ended; without it they would begin anew with the new process.
     */
    @Test
    void aKilledOperatorGoesOnWithTheDwellsThatHaveBegun(Testbed testbed) {
        var dwell = Duration.ofSeconds(40);
        var slack = Duration.ofSeconds(15);
        new OperatorInstallation(testbed.client(), testbed::tool).install();
        TestPods.createClasses(testbed.client());
        var first = start(testbed);
        var pool = Pool.of(testbed, "dwelling", 2);
        pool.waterline(
                "timing: {freezeAfter: 40s, thawAfter: 40s, minHold: 5s, panicAbove: 99, thawPercentPerMinute: 100}");
        await().atMost(SOON).until(() -> pool.condition("Enforced").equals("True/Acknowledged"));
        pool.heat("dwelling-1", 1.0);
        await().atMost(SOON).until(() -> pool.floor("dwelling-1").isPresent());

        pool.heat("dwelling-0", 0.9);
        pool.heat("dwelling-1", 0.3);
        var turned = Instant.now();
        await().pollDelay(Duration.ofSeconds(10)).atMost(SOON).until(() -> true);
        first.kill();
        try (var second = start(testbed)) {
            var due = latest(turned.plus(dwell), Instant.now().plus(LEASE));
            await().atMost(dwell.plus(SOON))
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> pool.floor("dwelling-0").isPresent());
            var frozen = Instant.now();
            await().atMost(SOON)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> pool.floor("dwelling-1").isEmpty());
            var thawed = Instant.now();
            System.out.printf(
                    "Killed 10 s into dwells of 40 s, ready %d ms later: frozen %d ms and thawed %d ms after the turn%n",
                    second.startUp().toMillis(),
                    Duration.between(turned, frozen).toMillis(),
                    Duration.between(turned, thawed).toMillis());
            assertThat(frozen).isBetween(turned.plus(dwell).minusSeconds(2), due.plus(slack));
            assertThat(thawed).isBetween(turned.plus(dwell).minusSeconds(2), due.plus(slack));
            testbed.client().resource(pool.current()).delete();
            await().atMost(SOON).until(() -> pool.floor("dwelling-0").isEmpty());
        }
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static OperatorProcess start(Testbed testbed) {
        return testbed.startOperator(new OperatorInstallation(testbed.client(), testbed::tool)
                .launch(testbed.kubeconfig(User.OPERATOR), testbed.prometheus().uri())
                .withReadyWithin(SOON));
    }
}
