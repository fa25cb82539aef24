package dev.waterline.benchmark;

import dev.waterline.testbed.audit.AuditRecord;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;

/**
 * What became of pods whose bind was denied.
 *
 * @param denied how many pods were denied at least once
 * @param delays from the first denial to the bind that succeeded, of those that had one
 */
record Denials(int denied, Distribution delays) {

    /** @param bindings real ones, made or refused, in any order */
    static Denials of(List<AuditRecord> bindings) {
        var firstDenial = new HashMap<String, Instant>();
        var delays = new ArrayList<Duration>();
        bindings.stream().sorted(Comparator.comparing(AuditRecord::completed)).forEach(binding -> {
            var pod = binding.namespace() + "/" + binding.name();
            if (binding.code() == HttpURLConnection.HTTP_FORBIDDEN) {
                firstDenial.putIfAbsent(pod, binding.completed());
            } else if (binding.succeeded() && firstDenial.containsKey(pod)) {
                delays.add(Duration.between(firstDenial.get(pod), binding.completed()));
            }
        });
        return new Denials(firstDenial.size(), Distribution.of(delays));
    }
}
