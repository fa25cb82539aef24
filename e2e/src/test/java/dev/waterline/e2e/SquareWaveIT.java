package dev.waterline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waterline.observer.Freeze;
import dev.waterline.observer.GuardTimeline;
import dev.waterline.testbed.Testbed;
import dev.waterline.testbed.junit.WithTestbed;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A load that swings around the threshold freezes each node once per hold and dwell at most. */
@Observed
@WithTestbed(group = "ladder")
class SquareWaveIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration PLAY = Duration.ofSeconds(60);
    private static final Duration HALF_PERIOD = Duration.ofSeconds(5);

    /** As Pool's waterline has them. */
    private static final Duration MIN_HOLD = Duration.ofSeconds(5);

    private static final Duration FREEZE_AFTER = Duration.ofSeconds(2);

    @BeforeAll
    static void install(Testbed testbed) {
        TestPods.createClasses(testbed.client());
        InstalledOperator.in(testbed);
    }

    @Test
    void aSquareWaveFreezesANodeAtMostOncePerHoldAndDwell(Testbed testbed) {
        var pool = Pool.of(testbed, "wave", 10);
        pool.waterline("");
        await().atMost(SOON).until(() -> pool.condition("Enforced").equals("True/Acknowledged"));
        var begin = Instant.now();
        var end = begin.plus(PLAY);
        await().pollInterval(Duration.ofMillis(100)).atMost(PLAY.plus(SOON)).until(() -> {
            var elapsed = Duration.between(begin, Instant.now());
            boolean high = elapsed.toMillis() / HALF_PERIOD.toMillis() % 2 == 0;
            pool.nodes().forEach(node -> pool.heat(node, high ? 0.85 : 0.70));
            return Instant.now().isAfter(end);
        });
        var freezes = GuardTimeline.read(testbed.audit(), testbed.apiServers().size()).freezes().stream()
                .filter(freeze -> freeze.node().startsWith("wave-"))
                .collect(Collectors.groupingBy(Freeze::node, Collectors.counting()));
        long most = PLAY.plus(MIN_HOLD).dividedBy(MIN_HOLD.plus(FREEZE_AFTER)) + 1;
        System.out.printf(
                "Square wave: %s freezes a node in %d s, at most %d allowed%n",
                freezes.values(), PLAY.toSeconds(), most);
        assertThat(freezes).hasSize(pool.nodes().size());
        assertThat(freezes.values()).allMatch(count -> count <= most);
        testbed.client().resource(pool.current()).delete();
    }
}
