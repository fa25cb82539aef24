package dev.waterline.relief;

import dev.waterline.decision.relief.EvictAsk;
import dev.waterline.decision.relief.ThrottleAsk;
import java.time.Duration;
import java.util.List;

/** What one PriorityWaterline wants of relief now. */
public sealed interface ReliefWish {

    /** Keep what is throttled, and do nothing new: it is paused, or its spec cannot be resolved. */
    record Hold() implements ReliefWish {}

    /**
     * Do this, and restore all else.
     *
     * @param enforced false: rehearse, and touch nothing
     * @param throttle by node, lowest tier first
     * @param evict by node, lowest tier first
     * @param freshFor an observation whose sample is older is not acted on
     */
    record Act(boolean enforced, List<ThrottleAsk> throttle, List<EvictAsk> evict, Duration freshFor)
            implements ReliefWish {
        public Act {
            throttle = List.copyOf(throttle);
            evict = List.copyOf(evict);
        }
    }

    /** Restore everything. */
    static ReliefWish nothing() {
        return new Act(true, List.of(), List.of(), Duration.ZERO);
    }
}
