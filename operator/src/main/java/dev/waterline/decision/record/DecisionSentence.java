package dev.waterline.decision.record;

import dev.waterline.decision.override.NodeOverride;
import dev.waterline.decision.pressure.PressureSentence;
import dev.waterline.decision.relief.ReliefDecision;
import dev.waterline.decision.relief.ReliefSentence;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.stream.Collectors;

/** The one place where a decision record becomes words, so that event, status, log and JSON say the same. */
public final class DecisionSentence {
    private DecisionSentence() {}

    public static String of(DecisionRecord decision) {
        var sentence = of(decision.change());
        return decision.enforced() ? sentence : "DryRun: " + sentence;
    }

    private static String of(Change change) {
        return switch (change) {
            case Change.OfTier tier -> PressureSentence.of(tier.decision()) + samples(tier);
            case Change.Acknowledged acknowledged ->
                "The guard denies binds below priority %d to node %s%s"
                        .formatted(
                                acknowledged.below(),
                                acknowledged.nodeName(),
                                acknowledged
                                        .afterDecision()
                                        .map(DecisionSentence::after)
                                        .orElse(""));
            case Change.Switched switched -> switched.sentence();
            case Change.Overridden overridden -> of(overridden);
            case Change.Relieved(ReliefDecision decision, int alike) ->
                ReliefSentence.of(decision) + (alike == 0 ? "" : "; and %d more pods on this node".formatted(alike));
        };
    }

    private static String of(Change.Overridden change) {
        var until = change.override().until();
        var node = change.nodeName();
        return switch (change.override()) {
            case NodeOverride.Freeze(int floor, var _)
            when change.begins() ->
                "Node %s is frozen below priority %d by a person's override until %s".formatted(node, floor, until);
            case NodeOverride.Freeze(int floor, var _) ->
                "The override that froze node %s below priority %d has ended".formatted(node, floor);
            case NodeOverride.Thaw _
            when change.begins() ->
                "Node %s is kept thawed by a person's override until %s, whatever waterlines want"
                        .formatted(node, until);
            case NodeOverride.Thaw _ -> "The override that kept node %s thawed has ended".formatted(node);
        };
    }

    /** When the numbers of the sentence were measured: a sentence without is only half an answer. */
    private static String samples(Change.OfTier change) {
        var readings = ReasonChain.of(change).stream()
                .filter(Reason.Reading.class::isInstance)
                .map(Reason.Reading.class::cast)
                .map(reading -> String.format(
                        Locale.ROOT,
                        "%s %.1f %% at %s",
                        reading.signal(),
                        reading.ratio() * 100,
                        reading.at().truncatedTo(ChronoUnit.SECONDS)))
                .collect(Collectors.joining(", "));
        return readings.isEmpty() ? "" : " (last sample: " + readings + ")";
    }

    private static String after(Duration duration) {
        return ", " + duration.toMillis() + " ms after the decision";
    }
}
