package dev.waterline.observer;

import static dev.waterline.observer.AuditRecords.guard;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.testbed.audit.AuditRecord;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class WriteBudgetTest {
    @Test
    void fiveWritesOfTheGuardASecondAreWithinBudget() {
        assertThat(violations(0.2)).isEmpty();
    }

    @Test
    void tenASecondAreNot() {
        assertThat(violations(0.1)).isNotEmpty();
    }

    private static List<Violation> violations(double everySeconds) {
        var writes = IntStream.range(0, 30)
                .mapToObj(i -> guard(i * everySeconds, i, "a"))
                .map(AuditRecord.class::cast)
                .toList();
        return WriteBudget.all().stream()
                .flatMap(budget -> budget.violations(writes).stream())
                .toList();
    }
}
