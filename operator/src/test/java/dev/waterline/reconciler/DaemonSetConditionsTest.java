package dev.waterline.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.cluster.DaemonSetSummary;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DaemonSetConditionsTest {

    @Test
    void withoutAnyTheConditionIsFalse() {
        assertThat(DaemonSetConditions.of(List.of()))
                .returns(false, ConditionFact::status)
                .returns("AllTolerate", ConditionFact::reason);
    }

    @Test
    void theMessageNamesFiveAndSaysWhichAreRollingOutAndWhatToDo() {
        var held = IntStream.range(0, 7)
                .mapToObj(i -> new DaemonSetSummary("kube-system", "agent-" + i, "u" + i, "1", false, i == 1))
                .toList();

        assertThat(DaemonSetConditions.of(held))
                .returns(true, ConditionFact::status)
                .extracting(ConditionFact::message)
                .asString()
                .contains("kube-system/agent-0, kube-system/agent-1 (rolling out now),", "agent-4 and 2 more")
                .contains("operator Exists", "daemonSets.tolerate")
                .doesNotContain("agent-5");
    }
}
