package dev.waterline.arbiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.fixture.FakeClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenBucketTest {
    private final FakeClock clock = new FakeClock("2026-07-01T12:00:00Z");

    @Test
    void theFirstIsFreeAndTheNextAfterAPeriod() {
        var bucket = new TokenBucket(1, Duration.ofMillis(200), clock.nanoTime());
        assertThat(bucket.untilFree()).isZero();

        bucket.take();

        assertThat(bucket.untilFree()).isEqualTo(Duration.ofMillis(200));
        clock.advance(Duration.ofMillis(150));
        assertThat(bucket.untilFree()).isEqualTo(Duration.ofMillis(50));
        clock.advance(Duration.ofMillis(50));
        assertThat(bucket.untilFree()).isZero();
    }

    @Test
    void restDoesNotAddUpToMoreThanABurst() {
        var bucket = new TokenBucket(3, Duration.ofMillis(10), clock.nanoTime());
        clock.advance(Duration.ofHours(5));

        for (int i = 0; i < 3; i++) {
            assertThat(bucket.untilFree()).isZero();
            bucket.take();
        }

        assertThat(bucket.untilFree()).isEqualTo(Duration.ofMillis(10));
    }

    @Test
    void whoTakesWithoutWaitingWaitsLongerAfterwards() {
        var bucket = new TokenBucket(1, Duration.ofMillis(200), clock.nanoTime());
        bucket.take();
        bucket.take();

        assertThat(bucket.untilFree()).isEqualTo(Duration.ofMillis(400));
    }

    @Test
    void aWallClockThatJumpsChangesNothing() {
        var bucket = new TokenBucket(1, Duration.ofMillis(200), clock.nanoTime());
        bucket.take();

        clock.jump(Duration.ofDays(-1));

        assertThat(bucket.untilFree()).isEqualTo(Duration.ofMillis(200));
    }

    /** Whoever asks at whatever moments never gets more than the burst and one for each period. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void noWindowOfAnyLengthHoldsMoreThanTheBudget(long seed) {
        var random = new Random(seed);
        int burst = 1 + random.nextInt(20);
        var period = Duration.ofMillis(1 + random.nextInt(300));
        var bucket = new TokenBucket(burst, period, clock.nanoTime());
        var taken = new ArrayList<Long>();
        for (int i = 0; i < 3_000; i++) {
            if (bucket.untilFree().isZero()) {
                bucket.take();
                taken.add(clock.nanoTime().getAsLong());
            }
            clock.advance(Duration.ofMillis(random.nextInt(4) == 0 ? random.nextInt(2_000) : random.nextInt(10)));
        }
        for (int i = 0; i < taken.size(); i++) {
            for (int j = i; j < taken.size(); j++) {
                long allowed = burst + (taken.get(j) - taken.get(i)) / period.toNanos();
                assertThat((long) j - i + 1)
                        .as("seed %d, %d at once, one each %s, between %s", seed, burst, period, List.of(i, j))
                        .isLessThanOrEqualTo(allowed);
            }
        }
    }
}
