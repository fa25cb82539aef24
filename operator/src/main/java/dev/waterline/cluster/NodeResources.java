package dev.waterline.cluster;

import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Amounts of CPU and memory.
 *
 * @param cpu cores; NaN: not known
 * @param memory bytes; NaN: not known
 */
public record NodeResources(double cpu, double memory) {
    public static final NodeResources UNKNOWN = new NodeResources(Double.NaN, Double.NaN);

    static NodeResources of(@Nullable Map<String, Quantity> quantities) {
        return quantities == null
                ? UNKNOWN
                : new NodeResources(amount(quantities.get("cpu")), amount(quantities.get("memory")));
    }

    private static double amount(@Nullable Quantity quantity) {
        if (quantity == null) {
            return Double.NaN;
        }
        try {
            return quantity.getNumericalAmount().doubleValue();
        } catch (ArithmeticException | IllegalArgumentException e) {
            // Somebody else's object; what is no quantity is not known.
            return Double.NaN;
        }
    }
}
