package dev.waterline.observer;

import static dev.waterline.observer.AuditRecords.at;
import static dev.waterline.observer.AuditRecords.binding;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BindJudgeTest {
    private static final Freeze FREEZE = new Freeze("hot", 1000, at(10), at(20));

    @Test
    void aLowPodThatBindsWhileTheFreezeHoldsIsALeak() {
        assertThat(judge(pod("low", 100), 15, 201)).containsExactly(Invariant.NO_LEAK);
    }

    @Test
    void aBindWhoseRequestCameBeforeTheAcknowledgementIsNone() {
        assertThat(judge(pod("low", 100), 10.05, 201)).isEmpty();
        assertThat(judge(pod("low", 100), 20.1, 201)).isEmpty();
    }

    @Test
    void aPodAtTheFloorMayBind() {
        assertThat(judge(pod("critical", 1000), 15, 201)).isEmpty();
    }

    @Test
    void aPodAtTheFloorMustNotBeDenied() {
        assertThat(judge(pod("critical", 1000), 15, 403)).containsExactly(Invariant.PROTECTED_PODS_PASS);
        assertThat(judge(pod("low", 100), 15, 403)).isEmpty();
    }

    @Test
    void anExemptPodIsNotJudged() {
        var daemon = new SeenPod("u", "ns", "daemon", 0, "hot", at(15), true);
        assertThat(judge(daemon, 15, 201)).isEmpty();
    }

    @Test
    void aLowPodThatIsCreatedOnAFrozenNodeIsALeak() {
        var born = new SeenPod("u", "ns", "born", 100, "hot", at(15), false);
        assertThat(new BindJudge(List.of(FREEZE), List.of(born)).violations(List.of()))
                .extracting(Violation::invariant)
                .containsExactly(Invariant.NO_LEAK);
    }

    @Test
    void aCreationWithinTheLostFractionOfASecondIsNotJudged() {
        var born = new SeenPod("u", "ns", "born", 100, "hot", at(10.5), false);
        assertThat(new BindJudge(List.of(FREEZE), List.of(born)).violations(List.of()))
                .isEmpty();
    }

    private static SeenPod pod(String name, int priority) {
        return new SeenPod("uid-" + name, "ns", name, priority, "", Instant.EPOCH, false);
    }

    private static List<Invariant> judge(SeenPod pod, double second, int code) {
        return new BindJudge(List.of(FREEZE), List.of(pod))
                .violations(List.of(binding(second, pod.namespace(), pod.name(), "hot", code))).stream()
                        .map(Violation::invariant)
                        .toList();
    }
}
