package dev.waterline.arbiter;

import dev.waterline.decision.pressure.Contribution;
import dev.waterline.decision.pressure.Evidence;
import dev.waterline.decision.pressure.FrozenTier;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Contributions as a waterline would make them. */
final class Wish {
    static final Instant SINCE = Instant.parse("2026-07-01T12:00:00Z");

    private Wish() {}

    static Contribution of(int floor, String tier) {
        return new Contribution(
                floor,
                tier,
                Map.of(tier, new FrozenTier(SINCE, SINCE, new Evidence.Restored())),
                List.of(tier),
                Map.of("cpu", 0.9));
    }
}
