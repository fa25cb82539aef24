package dev.waterline.decision.pressure;

import java.time.Duration;
import java.util.List;

/**
 * Why a tier froze or thawed, as data. {@link PressureSentence} makes the words.
 */
public sealed interface Evidence {

    /**
     * The smoothed signal has been at or above the threshold for the dwell.
     *
     * @param value smoothed ratio
     */
    record Hot(Threshold threshold, double value, Duration dwell) implements Evidence {}

    /**
     * The same, but only together with the growth that is reserved for pods which are bound and not yet measured.
     *
     * @param value smoothed ratio, as measured
     * @param reserved ratio that is reserved on top of it
     */
    record HotWithReserved(Threshold threshold, double value, double reserved, Duration dwell) implements Evidence {}

    /**
     * Two consecutive raw readings were at or above the panic level.
     *
     * @param value the last raw ratio
     * @param level ratio
     */
    record Panic(String signal, double value, double level) implements Evidence {}

    /** A higher tier is frozen, so this one is too. */
    record HigherTier(String tier) implements Evidence {}

    /** An earlier life of the operator froze it, and the cluster remembers. */
    record Restored() implements Evidence {}

    /**
     * Every signal has been below its threshold for the dwell, and the hold is over.
     *
     * @param value smoothed ratio
     */
    record Cooled(Threshold threshold, double value, Duration dwell) implements Evidence {}

    /** The hold is over, and this signal has never spoken of the node. */
    record NeverSeen(String signal) implements Evidence {}

    /** The source has not answered for the time that the policy holds. */
    record OutageOver(String signal, Duration hold) implements Evidence {}

    /** The policy does not select the node any more, or the node is gone. */
    record NotSelected() implements Evidence {}

    /** The policy no longer has a waterline for this tier. */
    record NoWaterline() implements Evidence {}

    /**
     * Each of these would have been reason enough to freeze, or all of them together let it thaw.
     *
     * @param all two or more, none of them of this kind
     */
    record Several(List<Evidence> all) implements Evidence {
        public Several {
            all = List.copyOf(all);
        }
    }

    /**
     * A person ordered it.
     *
     * @param by the annotation that says so
     */
    record Ordered(String by) implements Evidence {}

    /** @param reasons one at least */
    static Evidence all(List<Evidence> reasons) {
        return reasons.size() == 1 ? reasons.getFirst() : new Several(reasons);
    }
}
