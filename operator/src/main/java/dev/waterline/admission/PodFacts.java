package dev.waterline.admission;

import java.util.Set;

/**
 * What the guard needs to know of a pod.
 *
 * @param uid of the pod, never blank
 * @param priority as resolved by the API server; 0 where the pod has none
 * @param traits what exempts it, or may do so
 */
public record PodFacts(String uid, int priority, Set<PodTrait> traits) {
    public PodFacts {
        traits = Set.copyOf(traits);
    }
}
