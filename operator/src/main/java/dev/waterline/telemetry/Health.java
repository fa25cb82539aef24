package dev.waterline.telemetry;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/**
 * Named checks of readiness. Liveness has none: a process that answers is alive, and an API server that does not
 * answer must not get it killed.
 */
public final class Health {
    /**
     * One check at one moment.
     *
     * @param name what was looked at
     * @param passed whether it was as it should be
     */
    public record Result(String name, boolean passed) {}

    /**
     * All checks at one moment.
     *
     * @param results in the order in which they were added
     */
    public record Report(List<Result> results) {
        /** Whether every check passed. */
        public boolean passed() {
            return results.stream().allMatch(Result::passed);
        }

        /** One line for each check, {@code [+]} or {@code [-]} and its name, then a line with the verdict. */
        public String text() {
            StringBuilder text = new StringBuilder();
            results.forEach(result -> text.append(result.passed() ? "[+] " : "[-] ")
                    .append(result.name())
                    .append('\n'));
            return text.append(passed() ? "ready" : "not ready").append('\n').toString();
        }
    }

    private record Check(String name, BooleanSupplier passes) {}

    private final List<Check> checks = new CopyOnWriteArrayList<>();

    /** Adds a check; it must answer at once and never call out of the process. */
    public void readyWhen(String name, BooleanSupplier passes) {
        checks.add(new Check(name, passes));
    }

    /** Asks every check. */
    public Report readiness() {
        return new Report(checks.stream()
                .map(check -> new Result(check.name(), check.passes().getAsBoolean()))
                .toList());
    }
}
