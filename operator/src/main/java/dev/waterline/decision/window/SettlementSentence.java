package dev.waterline.decision.window;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The one place where the ledger becomes words, so that condition, event and status say the same. */
public final class SettlementSentence {
    private static final int NAMED = 5;

    private SettlementSentence() {}

    /** @param window its name */
    public static String of(String window, Settlement settlement) {
        return settlement.told().orElseGet(() -> words(window, settlement));
    }

    private static String words(String window, Settlement settlement) {
        var deadline = settlement.term().deadline();
        return switch (settlement.state()) {
            case NoWork ->
                "Window %s protects no Job that was unfinished at %s or came later: if there should be one, correct protect"
                        .formatted(window, settlement.term().from());
            case OnTrack, AtRisk, Critical ->
                "%d of %d Jobs of window %s have succeeded, the deadline is %s%s%s"
                        .formatted(
                                settlement.succeeded(),
                                settlement.jobs(),
                                window,
                                deadline,
                                settlement
                                        .shown()
                                        .map(time -> "; at their pace the rest takes up to " + text(time) + " more")
                                        .orElse(""),
                                trouble(settlement));
            case Met ->
                settlement.jobs() == 0
                        ? "All Jobs of window %s succeeded before the deadline %s".formatted(window, deadline)
                        : "All %d Jobs of window %s succeeded before the deadline %s"
                                .formatted(settlement.jobs(), window, deadline);
            case Missed ->
                "%d of %d Jobs of window %s had not succeeded by the deadline %s%s"
                        .formatted(
                                settlement.jobs() - settlement.succeeded(),
                                settlement.jobs(),
                                window,
                                deadline,
                                trouble(settlement) + named("unfinished", settlement.unfinished()));
        };
    }

    private static String trouble(Settlement settlement) {
        return named("failed for good", settlement.failed()) + named("nothing runs of", settlement.stalled());
    }

    private static String named(String what, List<String> jobs) {
        if (jobs.isEmpty()) {
            return "";
        }
        var named = String.join(", ", jobs.subList(0, Math.min(NAMED, jobs.size())));
        return "; " + what + ": " + (jobs.size() > NAMED ? named + " and " + (jobs.size() - NAMED) + " more" : named);
    }

    private static String text(Duration duration) {
        return duration.isZero() ? "0s" : duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
