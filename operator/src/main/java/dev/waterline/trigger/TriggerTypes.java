package dev.waterline.trigger;

import dev.waterline.prometheus.PrometheusClient;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every type of trigger that there is. */
public final class TriggerTypes {
    private final Map<String, TriggerType> byName;

    TriggerTypes(List<TriggerType> types) {
        byName = new TreeMap<>(types.stream().collect(Collectors.toMap(TriggerType::name, Function.identity())));
    }

    /**
     * @param defaultServer for triggers that name none
     * @param deadline of each reading
     */
    public static TriggerTypes of(
            PrometheusClient prometheus, Optional<URI> defaultServer, Duration deadline, InstantSource clock) {
        return new TriggerTypes(List.of(new PrometheusTrigger(prometheus, defaultServer, deadline, clock)));
    }

    public PreparedTrigger prepare(TriggerSettings settings) {
        var type = byName.get(settings.type());
        return type == null
                ? new PreparedTrigger.Invalid("%s.type %s is not supported: write one of %s"
                        .formatted(settings.path(), settings.type(), String.join(", ", byName.keySet())))
                : type.prepare(settings);
    }
}
