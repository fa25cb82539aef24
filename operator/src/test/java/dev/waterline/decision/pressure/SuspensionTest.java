package dev.waterline.decision.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Where too many nodes are frozen nothing is evicted: it would only move the trouble about. */
class SuspensionTest {
    private static final int NODES_OF_ZONE = 20;
    private final PoolUnderTest pool = new PoolUnderTest(Policies.settlement(), Duration.ofSeconds(5), nodes());

    @Test
    void nothingIsSuspendedWhileNothingIsFrozen() {
        assertThat(frozen(_ -> false)).isEqualTo(PoolSummary.Suspension.NONE);
    }

    @Test
    void thePoolIsSuspendedAtItsShareOfFrozenNodes() {
        assertThat(frozen(node -> number(node) < 6).pool()).isFalse();
        assertThat(frozen(node -> number(node) < 7).pool()).isTrue();
        assertThat(pool.summary().isEvictionSuspended("a")).isTrue();
        assertThat(pool.summary().isEvictionSuspended("")).isTrue();
    }

    @Test
    void aZoneIsSuspendedAtItsOwnShareAndTheOthersAreNot() {
        assertThat(frozen(node -> node.startsWith("a") && number(node) < 10).zones())
                .isEmpty();
        var suspension = frozen(node -> node.startsWith("a") && number(node) < 11);
        assertThat(suspension).isEqualTo(new PoolSummary.Suspension(false, Set.of("a")));
        assertThat(pool.summary().isEvictionSuspended("a")).isTrue();
        assertThat(pool.summary().isEvictionSuspended("b")).isFalse();
        assertThat(pool.summary().isEvictionSuspended("")).isFalse();
    }

    private PoolSummary.Suspension frozen(Predicate<String> hot) {
        for (int i = 0; i < 3; i++) {
            var ratios = new HashMap<String, Double>();
            pool.nodes().forEach(node -> ratios.put(node, hot.test(node) ? 0.75 : 0.10));
            pool.pass(Map.of(PoolUnderTest.CPU, pool.answer(PoolUnderTest.CPU, ratios)));
        }
        return pool.summary().suspension();
    }

    private static int number(String node) {
        return Integer.parseInt(node.substring(2));
    }

    private static Set<String> nodes() {
        return IntStream.range(0, NODES_OF_ZONE)
                .boxed()
                .flatMap(i -> Set.of("a/" + i, "b/" + i, "c/" + i).stream())
                .collect(Collectors.toSet());
    }
}
