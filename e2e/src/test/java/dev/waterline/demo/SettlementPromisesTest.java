package dev.waterline.demo;

import static dev.waterline.observer.AuditRecords.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.observer.Freeze;
import dev.waterline.report.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SettlementPromisesTest {
    private static final Instant DEADLINE = at(90);
    private final List<Freeze> freezes = new ArrayList<>(List.of(new Freeze("hot", 1000, at(10), at(20))));
    private final List<Bind> binds = new ArrayList<>(
            List.of(new Bind(at(15), "settlement", "task", "hot"), new Bind(at(15), "batch", "pod", "cool")));
    private final List<NodeWatch.Turn> turns = new ArrayList<>(List.of(
            new NodeWatch.Turn(at(10.1), "hot", Optional.of(1000)),
            new NodeWatch.Turn(at(20.1), "hot", Optional.empty())));
    private Instant decided = at(9.8);
    private Optional<Instant> finished = Optional.of(at(60));

    @Test
    void aGoodPlayKeepsEveryPromise() {
        assertThat(broken()).isEmpty();
    }

    @Test
    void oneLeakBreaksAPromise() {
        binds.add(new Bind(at(12), "batch", "leak", "hot"));
        assertThat(broken()).containsExactly("lower-tier pods bound to a frozen node");
    }

    @Test
    void noBindsAtAllProveNothing() {
        binds.clear();
        assertThat(broken())
                .containsExactly("lower-tier pods bound to a frozen node", "banking-critical pods landing there");
    }

    @Test
    void nothingFrozenProvesNothing() {
        freezes.clear();
        turns.clear();
        assertThat(broken())
                .contains(
                        "hot nodes frozen, and no others",
                        "freeze decided → acknowledged",
                        "lower-tier pods bound to a frozen node",
                        "freezes and thaws of each hot node");
    }

    @Test
    void aCoolNodeThatFreezesBreaksAPromise() {
        freezes.add(new Freeze("cool", 1000, at(16), at(20)));
        assertThat(broken()).contains("hot nodes frozen, and no others");
    }

    @Test
    void aSlowAcknowledgementBreaksAPromise() {
        decided = at(7.9);
        assertThat(broken()).containsExactly("freeze decided → acknowledged");
    }

    @Test
    void aNodeThatFreezesTwiceFlaps() {
        freezes.add(new Freeze("hot", 1000, at(30), at(40)));
        assertThat(broken()).contains("freezes and thaws of each hot node");
    }

    @Test
    void aTaintThatBlinksFlaps() {
        turns.add(new NodeWatch.Turn(at(25), "hot", Optional.of(1000)));
        turns.add(new NodeWatch.Turn(at(26), "hot", Optional.empty()));
        assertThat(broken()).containsExactly("freezes and thaws of each hot node");
    }

    @Test
    void aNodeThatStaysFrozenBreaksAPromise() {
        freezes.set(0, new Freeze("hot", 1000, at(10), null));
        turns.removeLast();
        assertThat(broken()).contains("freezes and thaws of each hot node");
    }

    @Test
    void tasksThatAreLateOrUndoneBreakAPromise() {
        finished = Optional.of(at(90.5));
        assertThat(broken()).containsExactly("banking-critical tasks done in time");
        finished = Optional.empty();
        assertThat(broken()).containsExactly("banking-critical tasks done in time");
    }

    private List<String> broken() {
        var report = FreezeReport.of(
                freezes, binds, Duration.ZERO, bind -> bind.namespace().equals("settlement"));
        return new SettlementPromises(
                        report,
                        Set.of("hot"),
                        turns,
                        Map.of("hot", List.of(decided)),
                        OptionalInt.of(0),
                        150,
                        150,
                        finished,
                        DEADLINE)
                .measured().stream()
                        .filter(promise -> !promise.kept())
                        .map(Promise::what)
                        .toList();
    }
}
