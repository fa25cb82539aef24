package dev.waterline.trigger;

import dev.waterline.decision.scaling.Target.Measure;
import java.util.Map;
import java.util.Optional;

/**
 * One trigger as a user wrote it.
 *
 * @param path of the trigger in the resource, such as {@code spec.triggers[0]}
 * @param type what it is written to be
 * @param metadata the type's own settings
 */
public record TriggerSettings(String path, String type, Measure measure, Map<String, String> metadata) {
    public TriggerSettings {
        metadata = Map.copyOf(metadata);
    }

    /** A setting; one that is blank counts as left out. */
    Optional<String> setting(String key) {
        return Optional.ofNullable(metadata.get(key)).map(String::strip).filter(text -> !text.isEmpty());
    }

    PreparedTrigger.Invalid invalid(String key, String remedy) {
        return new PreparedTrigger.Invalid("%s.metadata.%s %s".formatted(path, key, remedy));
    }
}
