package dev.waterline.observer;

import dev.waterline.testbed.audit.AuditRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * How many writes of one sort the operator may make within a time.
 *
 * @param what for people
 * @param atMost in any stretch of {@code within}
 */
record WriteBudget(String what, Predicate<AuditRecord> which, int atMost, Duration within) {

    /**
     * The guard's configuration at most five times a second, nodes a hundred at once and then twenty a second. One more of
     * the first is allowed here, since the log's times are those of the answers.
     */
    static List<WriteBudget> all() {
        return List.of(
                new WriteBudget(
                        "writes of the guard's configuration",
                        record -> record.resource().equals("validatingwebhookconfigurations"),
                        6,
                        Duration.ofSeconds(1)),
                new WriteBudget(
                        "writes of nodes",
                        record -> record.resource().equals("nodes"),
                        100 + 20 * 15,
                        Duration.ofSeconds(15)));
    }

    /** @param writes by the operator, in order of their time */
    List<Violation> violations(List<AuditRecord> writes) {
        var violations = new ArrayList<Violation>();
        var recent = new ArrayDeque<Instant>();
        for (var write : writes) {
            if (which.test(write)) {
                recent.add(write.received());
                while (recent.getFirst().isBefore(write.received().minus(within))) {
                    recent.removeFirst();
                }
                if (recent.size() == atMost + 1) {
                    violations.add(new Violation(
                            Invariant.WRITES_WITHIN_BUDGET,
                            write.received(),
                            "More than %d %s within %d s".formatted(atMost, what, within.toSeconds())));
                }
            }
        }
        return violations;
    }
}
