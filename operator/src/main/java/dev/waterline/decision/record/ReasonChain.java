package dev.waterline.decision.record;

import dev.waterline.decision.pressure.Evidence;
import dev.waterline.decision.pressure.Origin;
import dev.waterline.decision.pressure.Threshold;
import dev.waterline.decision.record.Reason.Bound;
import dev.waterline.decision.relief.Observation;
import dev.waterline.decision.relief.ReliefDecision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** From a change to the chain of reasons behind it, in the order in which they were weighed: reading, average, level, time. */
public final class ReasonChain {
    private ReasonChain() {}

    public static List<Reason> of(Change change) {
        return switch (change) {
            case Change.OfTier tier -> of(tier);
            case Change.Acknowledged acknowledged ->
                acknowledged
                        .afterDecision()
                        .<List<Reason>>map(after -> List.of(new Reason.Guard(after)))
                        .orElse(List.of());
            case Change.Switched _ -> List.of();
            case Change.Overridden overridden ->
                List.of(new Reason.OrderedUntil(overridden.override().until()));
            case Change.Relieved relieved ->
                relieved.hot().map(hot -> of(relieved, hot)).orElse(List.of());
        };
    }

    private static List<Reason> of(Change.Relieved change, Observation hot) {
        var bound = change.decision() instanceof ReliefDecision.Throttled ? Bound.THROTTLE_ABOVE : Bound.EVICT_ABOVE;
        return List.of(
                new Reason.Smoothed(hot.signal(), hot.ratio()),
                new Reason.Level(hot.signal(), bound, hot.above(), Origin.SPEC.text(), change.tier()),
                new Reason.Dwell(hot.dwell()));
    }

    private static List<Reason> of(Change.OfTier change) {
        var chain = new ArrayList<Reason>();
        weigh(chain, change, change.decision().why());
        if (chain.stream().noneMatch(ReasonChain::needsNoTime)) {
            change.before()
                    .ifPresent(
                            frozen -> chain.add(new Reason.Hold(change.timing().minHold(), frozen.lastHot())));
        }
        return List.copyOf(chain);
    }

    private static void weigh(List<Reason> chain, Change.OfTier change, Evidence why) {
        switch (why) {
            case Evidence.Hot(Threshold threshold, double value, Duration dwell) -> {
                measured(chain, change, threshold.signal(), value);
                chain.add(level(threshold, Bound.FREEZE_ABOVE));
                chain.add(new Reason.Dwell(dwell));
            }
            case Evidence.HotWithReserved(Threshold threshold, double value, double reserved, Duration dwell) -> {
                measured(chain, change, threshold.signal(), value);
                chain.add(new Reason.Reserved(threshold.signal(), reserved));
                chain.add(level(threshold, Bound.FREEZE_ABOVE));
                chain.add(new Reason.Dwell(dwell));
            }
            case Evidence.Panic(String signal, double _, double level) -> {
                reading(chain, change, signal);
                chain.add(new Reason.Level(signal, Bound.PANIC_ABOVE, level, Origin.SPEC.text(), Optional.empty()));
            }
            case Evidence.Cooled(Threshold threshold, double value, Duration dwell) -> {
                measured(chain, change, threshold.signal(), value);
                chain.add(level(threshold, Bound.THAW_BELOW));
                chain.add(new Reason.Dwell(dwell));
            }
            case Evidence.HigherTier(String tier) -> chain.add(new Reason.HigherTier(tier));
            case Evidence.NeverSeen(String signal) -> chain.add(new Reason.NeverSeen(signal));
            case Evidence.OutageOver(String signal, Duration hold) -> chain.add(new Reason.OutageOver(signal, hold));
            case Evidence.Restored() -> chain.add(Reason.Circumstance.RESTORED);
            case Evidence.NotSelected() -> chain.add(Reason.Circumstance.NOT_SELECTED);
            case Evidence.NoWaterline() -> chain.add(Reason.Circumstance.NO_WATERLINE);
            case Evidence.Ordered(String by) -> chain.add(new Reason.Switched(by));
            case Evidence.Several(List<Evidence> all) -> all.forEach(one -> weigh(chain, change, one));
        }
    }

    /** What an edit or a person orders waits for no hold. */
    private static boolean needsNoTime(Reason reason) {
        return reason instanceof Reason.Circumstance || reason instanceof Reason.Switched;
    }

    private static void measured(List<Reason> chain, Change.OfTier change, String signal, double smoothed) {
        reading(chain, change, signal);
        chain.add(new Reason.Smoothed(signal, smoothed));
    }

    private static void reading(List<Reason> chain, Change.OfTier change, String signal) {
        change.inputs().stream()
                .filter(input -> input.signal().equals(signal) && Double.isFinite(input.raw()))
                .findFirst()
                .ifPresent(input -> chain.add(new Reason.Reading(signal, input.raw(), input.at())));
    }

    private static Reason level(Threshold threshold, Bound bound) {
        return new Reason.Level(
                threshold.signal(),
                bound,
                bound == Bound.FREEZE_ABOVE ? threshold.freezeAbove() : threshold.thawBelow(),
                threshold.origin().text(),
                Optional.of(threshold.originTier()));
    }
}
