package dev.waterline.relief;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.decision.relief.PodFacts;
import dev.waterline.decision.relief.PodFacts.NoNote;
import dev.waterline.decision.relief.ThrottleWant;
import dev.waterline.fixture.FakeClock;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wanted, whoever edits, and whenever the process dies: what somebody else has set last is what remains. */
class ThrottlingPropertyTest {
    private static final long REQUEST = 300;
    private static final int STEPS = 200;

    private final FakePods pods = new FakePods();
    private final FakeClock clock = new FakeClock("2026-11-25T04:00:00Z");

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 100);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theLastLimitThatSomebodyElseHasSetIsTheOneThatRemains(long seed) {
        var random = new Random(seed);
        long own = 2000;
        pods.put("a", "hot", 100, REQUEST, own);
        for (int step = 0; step < STEPS; step++) {
            if (random.nextInt(10) == 0) {
                // 37 modulo 100, which no percentage used here comes to: what we have set and what somebody else has
                // set to
                // the very same value cannot be told apart.
                own = 1037 + 500L * random.nextInt(8);
                pods.ownerSets("a", own);
            }
            if (random.nextInt(3) == 0) {
                pods.killAt(random.nextInt(4), random.nextBoolean());
            }
            bring(want(random));
            pods.liveAgain();
            assertThat(limit())
                    .as("seed %d, step %d: never at or below the request, never above its own", seed, step)
                    .isGreaterThan(REQUEST)
                    .isLessThanOrEqualTo(own);
        }
        bring(Optional.empty());
        bring(Optional.empty());

        assertThat(limit()).as("seed %d", seed).isEqualTo(own);
        assertThat(pods.pod("a").note()).as("seed %d", seed).isEqualTo(new NoNote());
    }

    private static Optional<ThrottleWant> want(Random random) {
        return random.nextInt(3) == 0
                ? Optional.empty()
                : Optional.of(new ThrottleWant("pwl-" + random.nextInt(2), "best-effort", 20 + 20 * random.nextInt(3)));
    }

    private void bring(Optional<ThrottleWant> want) {
        try {
            new Throttling(pods, clock).bring(pod(), want);
        } catch (FakePods.Killed e) {
            assertThat(pods.wasKilled()).isTrue();
        }
    }

    private PodFacts pod() {
        return pods.pod("a");
    }

    private long limit() {
        return pod().containers().getFirst().limit().orElseThrow().millis();
    }
}
