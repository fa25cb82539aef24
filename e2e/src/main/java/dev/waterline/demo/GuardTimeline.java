package dev.waterline.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waterline.testbed.audit.AuditRecord;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reconstructs from an audit log when each node was closed and opened.
 *
 * <p>Each version of the bind guard's configuration names the frozen nodes, and among them one sentinel,
 * {@code probe-<generation>}. A version is in force from the moment a dry-run Binding to its sentinel was denied: that is
 * the acknowledgement of every node in it that had none yet. A node is opened when a version without it is received, the
 * earliest moment from which the server may let a bind pass.
 *
 * <p>Not thread-safe.
 */
final class GuardTimeline {
    private static final String CONFIGURATIONS = "validatingwebhookconfigurations";
    private static final String GUARD = "waterline-bind-guard";
    private static final Pattern QUOTED = Pattern.compile("'([^']+)'");
    private static final Pattern PROBE = Pattern.compile("probe-(\\d+)");

    private final List<Freeze> over = new ArrayList<>();
    private final Map<String, Freeze> present = new HashMap<>();
    private final Map<String, Long> generationOf = new HashMap<>();

    /** Takes records in the order of completion. */
    void accept(AuditRecord record) {
        if (record.resource().equals(CONFIGURATIONS) && record.changed() && concernsTheGuard(record)) {
            if (record.verb().startsWith("delete")) {
                replace(Set.of(), 0, record.received());
            } else if (record.requestObject() != null) {
                written(record.requestObject(), record.received());
            }
        } else if (record.isBinding() && record.dryRun() && record.code() == HttpURLConnection.HTTP_FORBIDDEN) {
            record.bindingTarget().ifPresent(target -> denied(target, record.completed()));
        }
    }

    /** All freezes so far, those that are over first. */
    List<Freeze> freezes() {
        var all = new ArrayList<>(over);
        all.addAll(present.values());
        return List.copyOf(all);
    }

    private static boolean concernsTheGuard(AuditRecord record) {
        return record.name().equals(GUARD) || record.verb().equals("deletecollection");
    }

    private void written(JsonNode configuration, Instant at) {
        var nodes = new HashSet<String>();
        long generation = 0;
        for (var webhook : configuration.path("webhooks")) {
            for (var condition : webhook.path("matchConditions")) {
                if (condition.path("name").asText().equals("frozen-nodes")) {
                    var names = QUOTED.matcher(condition.path("expression").asText());
                    while (names.find()) {
                        var probe = PROBE.matcher(names.group(1));
                        if (probe.matches()) {
                            generation = Long.parseLong(probe.group(1));
                        } else {
                            nodes.add(names.group(1));
                        }
                    }
                }
            }
        }
        replace(nodes, generation, at);
    }

    private void replace(Set<String> nodes, long generation, Instant at) {
        for (var gone : List.copyOf(present.keySet())) {
            if (!nodes.contains(gone)) {
                over.add(Objects.requireNonNull(present.remove(gone)).releasedAt(at));
                generationOf.remove(gone);
            }
        }
        for (var node : nodes) {
            if (!present.containsKey(node)) {
                present.put(node, new Freeze(node, null, null));
                generationOf.put(node, generation);
            }
        }
    }

    private void denied(String target, Instant at) {
        var probe = PROBE.matcher(target);
        if (!probe.matches()) {
            return;
        }
        long generation = Long.parseLong(probe.group(1));
        present.replaceAll((node, freeze) ->
                freeze.acknowledged() == null && Objects.requireNonNull(generationOf.get(node)) <= generation
                        ? freeze.acknowledgedAt(at)
                        : freeze);
    }
}
