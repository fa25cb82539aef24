package dev.waterline.reconciler;

import dev.waterline.decision.elastic.BudgetBurn;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The burn as a status shows it: it moves all the while, and is worth a write when it has doubled or halved. */
final class CoarseBurn {
    private static final MathContext DIGITS = new MathContext(2);
    private static final double NEXT_TO_NOTHING = 0.1;

    private CoarseBurn() {}

    /**
     * @param before what the status shows; null: nothing
     * @param burn what is known now; empty: this life of the process has not measured yet
     * @return two digits, 0 for less than a tenth; null: unknown
     */
    static @Nullable Double of(@Nullable Double before, Optional<BudgetBurn> burn) {
        if (burn.isEmpty()) {
            return before;
        }
        return burn.get() instanceof BudgetBurn.Measured measured ? of(before, measured.fast()) : null;
    }

    private static double of(@Nullable Double before, double fast) {
        if (before != null && isStill(before, fast)) {
            return before;
        }
        return fast < NEXT_TO_NOTHING ? 0 : new BigDecimal(fast).round(DIGITS).doubleValue();
    }

    private static boolean isStill(double shown, double fast) {
        return shown == 0 ? fast < 2 * NEXT_TO_NOTHING : fast > shown / 2 && fast < shown * 2;
    }
}
