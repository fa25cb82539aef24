package dev.waterline.relief;

import java.util.Map;
import java.util.Optional;

/** What pods use, measured by somebody else. */
@FunctionalInterface
public interface PodUsage {

    /** What the source said. */
    sealed interface Answer {}

    /**
     * @param millis fresh measurements only, by {@code namespace/name}
     */
    record Known(Map<String, Long> millis) implements Answer {
        public Known {
            millis = Map.copyOf(millis);
        }

        Optional<Long> of(String fullName) {
            return Optional.ofNullable(millis.get(fullName));
        }
    }

    /** It did not answer. */
    record Unavailable(String detail) implements Answer {}

    Answer read();
}
