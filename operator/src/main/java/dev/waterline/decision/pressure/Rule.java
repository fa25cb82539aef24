package dev.waterline.decision.pressure;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A threshold in effect for a tier, with its signal by position.
 *
 * @param signal position of its signal
 */
record Rule(int signal, double freezeAbove, double thawBelow, Threshold threshold) {

    /** For each tier, lowest first, what is in effect. */
    static List<Rule[]> of(Ladder ladder, Layout layout) {
        return IntStream.range(0, layout.tiers().size())
                .mapToObj(tier -> ladder.thresholds(tier).stream()
                        .map(threshold -> new Rule(
                                layout.signals().indexOf(threshold.signal()),
                                threshold.freezeAbove(),
                                threshold.thawBelow(),
                                threshold))
                        .toArray(Rule[]::new))
                .toList();
    }
}
