package dev.waterline.cluster;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.RoundingMode;

/** CPU in millicores. */
final class CpuQuantity {
    private CpuQuantity() {}

    /**
     * Rounded up, as the API server does.
     *
     * @throws IllegalArgumentException if it is no quantity
     */
    static long millis(String text) {
        return millis(Quantity.parse(text));
    }

    /** @throws IllegalArgumentException if it is no quantity, or too large a one */
    static long millis(Quantity quantity) {
        try {
            return quantity.getNumericalAmount()
                    .movePointRight(3)
                    .setScale(0, RoundingMode.CEILING)
                    .longValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("not a CPU quantity: " + quantity, e);
        }
    }
}
