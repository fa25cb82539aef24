package dev.waterline.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CpuScriptTest {
    private static final double FREEZE = 0.82;
    private static final double THAW = 0.75;
    private static final int NODES = 50;

    @Test
    void aThirdOfTheNodesClimbsOverTheWaterlineAndNoOtherEverDoes() {
        int hot = 0;
        for (int node = 0; node < NODES; node++) {
            double highest = 0;
            for (double t = 0; t < 120; t += 0.25) {
                highest = Math.max(highest, CpuScript.utilisation(node, t, t - 10, t - 60));
            }
            assertThat(highest >= FREEZE).as("node %d", node).isEqualTo(CpuScript.getsHot(node));
            assertThat(highest).isLessThan(0.95);
            hot += CpuScript.getsHot(node) ? 1 : 0;
        }
        assertThat(hot).isEqualTo(17);
    }

    @Test
    void aHotNodeDipsIntoTheBandAndNotBelowIt() {
        for (int node = 0; node < NODES; node += 3) {
            double lowest = 1;
            for (double sinceClimb = 12; sinceClimb < 40; sinceClimb += 0.25) {
                lowest = Math.min(lowest, CpuScript.utilisation(node, sinceClimb, sinceClimb, -1));
            }
            assertThat(lowest).isGreaterThan(THAW + 0.01);
            assertThat(lowest < FREEZE).as("node %d dips", node).isEqualTo(node % 2 == 0);
        }
    }

    @Test
    void allNodesAreCoolBeforeTheClimbAndAfterTheFall() {
        for (int node = 0; node < NODES; node++) {
            for (double t = 0; t < 30; t += 0.5) {
                assertThat(CpuScript.utilisation(node, t, -1, -1)).isBetween(0.4, THAW);
                assertThat(CpuScript.utilisation(node, t, t + 40, 4 + t)).isBetween(0.4, THAW);
            }
        }
    }
}
