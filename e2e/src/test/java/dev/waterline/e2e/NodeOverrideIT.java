package dev.waterline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waterline.api.v1alpha1.PriorityWaterlineStatus.NodeOverrideStatus;
import dev.waterline.testbed.Testbed;
import dev.waterline.testbed.junit.WithTestbed;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What people order of single nodes. */
@WithTestbed(group = "pressure")
class NodeOverrideIT {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final String FREEZE = "waterline.dev/freeze-override";
    private static final String THAW = "waterline.dev/thaw-override";

    @BeforeAll
    static void install(Testbed testbed) {
        TestPods.createClasses(testbed.client());
        InstalledOperator.in(testbed);
    }

    @Test
    void aFreezeOverrideFreezesANodeThatNoWaterlineSelectsUntilItEnds(Testbed testbed) {
        var pool = Pool.of(testbed, "ordered", 2);
        var until = Instant.now().plusSeconds(25).truncatedTo(ChronoUnit.SECONDS);

        var ordered = Instant.now();
        annotate(pool, "ordered-0", FREEZE, TestPods.CRITICAL + ";until=" + until);
        await().pollInterval(Duration.ofMillis(10)).atMost(SOON).until(() -> pool.isGuarded("ordered-0"));
        System.out.printf(
                "Freeze override with a new floor to guard on: %d ms%n",
                Duration.between(ordered, Instant.now()).toMillis());
        await().atMost(SOON)
                .until(() -> pool.floor("ordered-0").filter(f -> f == 100_000).isPresent());
        assertThat(pool.floor("ordered-1")).isEmpty();
        assertThat(pool.node("ordered-0").getMetadata().getAnnotations().get("waterline.dev/freeze"))
                .contains("\"override\":{\"floor\":100000,\"until\":\"" + until + "\"}");
        assertThat(TestPods.bind(
                        testbed.client(),
                        TestPods.unscheduled(testbed.client(), "ordered-low", TestPods.LOW),
                        "ordered-0"))
                .contains("denied the request");
        assertThat(TestPods.bind(
                        testbed.client(),
                        TestPods.unscheduled(testbed.client(), "ordered-critical", TestPods.CRITICAL),
                        "ordered-0"))
                .isEmpty();
        await().atMost(SOON).until(() -> Told.about(testbed, "ordered-0", "FreezeOverride") == 1);

        await().atMost(Duration.ofSeconds(40)).until(() -> !Instant.now().isBefore(until));
        await().atMost(Duration.ofSeconds(5))
                .until(() -> pool.floor("ordered-0").isEmpty() && !pool.isGuarded("ordered-0"));
        await().atMost(SOON).until(() -> Told.about(testbed, "ordered-0", "OverrideEnded") == 1);
        assertThat(Told.about(testbed, "ordered-0", "OverrideIgnored"))
                .as("an annotation that is left behind is no mistake")
                .isZero();
    }

    @Test
    void aThawOverrideKeepsAHotNodeOpenWithinASecondAndIsShownInTheStatus(Testbed testbed) {
        var pool = Pool.of(testbed, "opened", 2);
        pool.heat("opened-0", 0.9);
        pool.heat("opened-1", 0.9);
        pool.waterline("");
        await().atMost(SOON)
                .until(() -> pool.floor("opened-0").isPresent()
                        && pool.floor("opened-1").isPresent());
        var until = Instant.now().plusSeconds(3600).truncatedTo(ChronoUnit.SECONDS);

        var begun = Instant.now();
        annotate(pool, "opened-0", THAW, "until=" + until);
        await().pollInterval(Duration.ofMillis(10)).atMost(SOON).until(() -> !pool.isGuarded("opened-0"));
        System.out.printf(
                "Thaw override to guard off: %d ms%n",
                Duration.between(begun, Instant.now()).toMillis());
        await().atMost(SOON).until(() -> pool.floor("opened-0").isEmpty());
        await().atMost(SOON)
                .until(() -> pool.current()
                        .getStatus()
                        .overriddenNodes()
                        .contains(new NodeOverrideStatus("opened-0", "ThawOverride", null, until.toString())));
        assertThat(pool.floor("opened-1")).contains(Pool.FLOOR);

        annotate(pool, "opened-0", THAW, null);
        await().atMost(SOON).until(() -> pool.floor("opened-0").isPresent() && pool.isGuarded("opened-0"));
        await().atMost(SOON).until(() -> Told.about(testbed, "opened-0", "OverrideEnded") == 1);
    }

    @Test
    void anOverrideThatCannotBeFollowedIsIgnoredAndSaysWhatToWrite(Testbed testbed) {
        var pool = Pool.of(testbed, "mistaken", 2);

        annotate(pool, "mistaken-0", FREEZE, "1000");
        annotate(
                pool,
                "mistaken-1",
                FREEZE,
                "no-such-class;until=" + Instant.now().plusSeconds(600));

        await().atMost(SOON).until(() -> Told.about(testbed, "mistaken-0", "OverrideIgnored") == 1);
        await().atMost(SOON).until(() -> Told.about(testbed, "mistaken-1", "OverrideIgnored") == 1);
        assertThat(Told.notes(testbed, "mistaken-0").getFirst())
                .contains("names no end", "write for example 1000;until=");
        assertThat(pool.floor("mistaken-0")).isEmpty();
        assertThat(pool.floor("mistaken-1")).isEmpty();
    }

    private static void annotate(Pool pool, String node, String key, @Nullable String value) {
        Annotations.set(pool.client().nodes().withName(node), key, value);
    }
}
