package dev.waterline.demo;

import static dev.waterline.observer.AuditRecords.at;
import static dev.waterline.observer.AuditRecords.binding;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.observer.Freeze;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FreezeReportTest {
    private static final Freeze FREEZE = new Freeze("hot", 1000, at(10), at(20));

    @Test
    void aLowerTierBindIsALeakFromTheAcknowledgementOnUntilTheRelease() {
        var report = report(
                Duration.ZERO,
                new Bind(at(9.999), "batch", "early", "hot"),
                new Bind(at(10), "batch", "first", "hot"),
                new Bind(at(19.999), "batch", "last", "hot"),
                new Bind(at(20), "batch", "late", "hot"),
                new Bind(at(15), "batch", "elsewhere", "cool"));
        assertThat(report.leaks()).extracting(Bind::pod).containsExactly("first", "last");
        assertThat(report.lowerTier()).hasSize(5);
        assertThat(report.lowerTierMeanwhile()).isEqualTo(3);
    }

    @Test
    void aProtectedBindIsNoLeak() {
        var report = report(Duration.ZERO, new Bind(at(15), "settlement", "task", "hot"));
        assertThat(report.leaks()).isEmpty();
        assertThat(report.protectedOnFrozen()).hasSize(1);
    }

    @Test
    void timesThatAreOffAreNotJudgedAtTheEdges() {
        var report = report(
                Duration.ofSeconds(2),
                new Bind(at(11), "batch", "maybe-before", "hot"),
                new Bind(at(19), "batch", "maybe-after", "hot"),
                new Bind(at(15), "batch", "surely", "hot"));
        assertThat(report.leaks()).extracting(Bind::pod).containsExactly("surely");
    }

    @Test
    void aFreezeThatWasNeverAcknowledgedCoversNothing() {
        var report = FreezeReport.of(
                List.of(new Freeze("hot", 1000, null, null)),
                List.of(new Bind(at(15), "batch", "pod", "hot")),
                Duration.ZERO,
                FreezeReportTest::isProtected);
        assertThat(report.leaks()).isEmpty();
        assertThat(report.acknowledged()).isZero();
    }

    @Test
    void theAcknowledgementTimeCountsFromTheLastDecisionBeforeIt() {
        var report = report(Duration.ZERO);
        assertThat(report.acknowledgementTimes(Map.of("hot", List.of(at(2), at(9.7), at(12)))))
                .containsExactly(Duration.ofMillis(300));
    }

    @Test
    void aDeniedBindIsCountedAndIsNoBind() {
        var ledger = new BindLedger();
        ledger.accept(binding(1, "batch", "denied", "hot", 403));
        ledger.accept(binding(2, "batch", "bound", "cool", 201));
        assertThat(ledger.denials()).isEqualTo(1);
        assertThat(ledger.binds()).containsExactly(new Bind(at(2), "batch", "bound", "cool"));
    }

    private static FreezeReport report(Duration tolerance, Bind... binds) {
        return FreezeReport.of(List.of(FREEZE), List.of(binds), tolerance, FreezeReportTest::isProtected);
    }

    private static boolean isProtected(Bind bind) {
        return bind.namespace().equals("settlement");
    }
}
