package dev.waterline.reconciler;

import dev.waterline.api.v1alpha1.Window;
import dev.waterline.decision.window.Occurrence;
import dev.waterline.decision.window.Phase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a spec's windows come to at a moment.
 *
 * @param moments of the windows that can be followed, in the order of the spec
 * @param problems why others cannot, a sentence each that begins with the field
 * @param changesAt the next moment at which any of this is different
 */
record WindowsNow(List<Moment> moments, List<String> problems, Optional<Instant> changesAt) {

    /** One window, and the occurrence that counts. */
    record Moment(Window window, Occurrence occurrence, Phase phase) {}

    static WindowsNow none() {
        return new WindowsNow(List.of(), List.of(), Optional.empty());
    }

    /** Names of the windows that are in effect. */
    Set<String> inEffect() {
        return moments.stream()
                .filter(moment -> moment.phase().isInEffect())
                .map(moment -> moment.window().name())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether one that protects something is in effect. */
    boolean isProtecting() {
        return moments.stream()
                .anyMatch(
                        moment -> moment.phase().isInEffect() && moment.window().protect() != null);
    }
}
