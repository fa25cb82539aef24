package dev.waterline.testbed;

import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;

/**
 * What a fake node claims to have, all of it allocatable.
 *
 * @param cpu as a quantity, e.g. {@code "32"}
 * @param memory as a quantity, e.g. {@code "128Gi"}
 * @param pods how many
 */
public record NodeCapacity(String cpu, String memory, int pods) {
    public static final NodeCapacity STANDARD = new NodeCapacity("32", "128Gi", 110);

    Map<String, Quantity> quantities() {
        return Map.of(
                "cpu", new Quantity(cpu), "memory", new Quantity(memory), "pods", new Quantity(Integer.toString(pods)));
    }
}
