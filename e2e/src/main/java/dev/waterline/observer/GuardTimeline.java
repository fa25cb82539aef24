package dev.waterline.observer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waterline.testbed.audit.AuditLog;
import dev.waterline.testbed.audit.AuditRecord;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Reconstructs from audit logs when each node was closed and opened.
 *
 * <p>Each version of the bind guard's configuration names the frozen nodes by floor, and among them one sentinel,
 * {@code probe-<generation>}. A version is in force once every API server has denied a dry-run Binding to its sentinel: that
 * is the acknowledgement of every node in it that had none yet. A node is opened when a version without it is received, the
 * earliest moment from which a server may let a bind pass.
 *
 * <p>Not thread-safe.
 */
public final class GuardTimeline {
    private static final String CONFIGURATIONS = "validatingwebhookconfigurations";
    private static final String GUARD = "waterline-bind-guard";
    private static final Pattern QUOTED = Pattern.compile("'([^']+)'");
    private static final Pattern PROBE = Pattern.compile("probe-(\\d+)");
    private static final Pattern FLOOR = Pattern.compile("^floor-(\\d+)-.*");

    private final int apiServers;
    private final List<Freeze> over = new ArrayList<>();
    private final Map<String, Freeze> present = new HashMap<>();
    private final Map<String, Long> generationOf = new HashMap<>();
    private final Map<Long, Integer> denials = new HashMap<>();

    /** @param apiServers how many must have denied a sentinel before its version is acknowledged */
    public GuardTimeline(int apiServers) {
        this.apiServers = apiServers;
    }

    /** All that the logs say so far. */
    public static GuardTimeline read(AuditLog log, int apiServers) {
        var timeline = new GuardTimeline(apiServers);
        try (var records = log.records()) {
            records.filter(record -> concernsTheGuard(record) || isProbe(record))
                    .sorted(Comparator.comparing(AuditRecord::completed))
                    .forEach(timeline::accept);
        }
        return timeline;
    }

    /** Takes records in the order of completion. */
    public void accept(AuditRecord record) {
        if (concernsTheGuard(record)) {
            if (record.verb().startsWith("delete")) {
                replace(Map.of(), 0, record.received());
            } else if (record.requestObject() != null) {
                written(record.requestObject(), record.received());
            }
        } else if (isProbe(record)) {
            record.bindingTarget().ifPresent(target -> denied(target, record.completed()));
        }
    }

    /** All freezes so far, those that are over first. */
    public List<Freeze> freezes() {
        var all = new ArrayList<>(over);
        all.addAll(present.values());
        return List.copyOf(all);
    }

    /** When each node's freeze was acknowledged for the first time at or after a moment, by node name. */
    public Map<String, Instant> acknowledgedAfter(Instant from) {
        var acknowledged = new HashMap<String, Instant>();
        for (var freeze : freezes()) {
            var at = freeze.acknowledged();
            if (at != null && !at.isBefore(from)) {
                acknowledged.merge(freeze.node(), at, (a, b) -> a.isBefore(b) ? a : b);
            }
        }
        return acknowledged;
    }

    private static boolean isProbe(AuditRecord record) {
        return record.isBinding() && record.dryRun() && record.code() == HttpURLConnection.HTTP_FORBIDDEN;
    }

    private static boolean concernsTheGuard(AuditRecord record) {
        return record.resource().equals(CONFIGURATIONS)
                && record.changed()
                && (record.name().equals(GUARD) || record.verb().equals("deletecollection"));
    }

    private void written(JsonNode configuration, Instant at) {
        var floors = new HashMap<String, Integer>();
        long generation = 0;
        for (var webhook : configuration.path("webhooks")) {
            var floor = FLOOR.matcher(webhook.path("name").asText());
            for (var condition : webhook.path("matchConditions")) {
                if (floor.matches() && condition.path("name").asText().equals("frozen-nodes")) {
                    var names = QUOTED.matcher(condition.path("expression").asText());
                    while (names.find()) {
                        var probe = PROBE.matcher(names.group(1));
                        if (probe.matches()) {
                            generation = Long.parseLong(probe.group(1));
                        } else {
                            floors.merge(names.group(1), Integer.valueOf(floor.group(1)), Math::max);
                        }
                    }
                }
            }
        }
        replace(floors, generation, at);
    }

    private void replace(Map<String, Integer> floors, long generation, Instant at) {
        for (var freeze : List.copyOf(present.values())) {
            if (!Objects.equals(floors.get(freeze.node()), freeze.floor())) {
                over.add(freeze.releasedAt(at));
                present.remove(freeze.node());
                generationOf.remove(freeze.node());
            }
        }
        floors.forEach((node, floor) -> {
            if (!present.containsKey(node)) {
                present.put(node, new Freeze(node, floor, null, null));
                generationOf.put(node, generation);
            }
        });
    }

    private void denied(String target, Instant at) {
        var probe = PROBE.matcher(target);
        if (!probe.matches()) {
            return;
        }
        long generation = Long.parseLong(probe.group(1));
        if (denials.merge(generation, 1, Integer::sum) >= apiServers) {
            present.replaceAll((node, freeze) ->
                    freeze.acknowledged() == null && Objects.requireNonNull(generationOf.get(node)) <= generation
                            ? freeze.acknowledgedAt(at)
                            : freeze);
        }
    }
}
