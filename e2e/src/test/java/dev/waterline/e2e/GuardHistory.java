package dev.waterline.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waterline.testbed.Testbed;
import dev.waterline.testbed.User;
import dev.waterline.testbed.audit.AuditRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the API servers' audit logs say of the guard: which nodes each generation names, when it was written, and when the last
 * API server was seen to deny its probe.
 */
final class GuardHistory {
    private static final String OPERATOR = "system:serviceaccount:" + User.OPERATOR_NAMESPACE + ":waterline-operator";
    private static final Pattern QUOTED = Pattern.compile("'([^']+)'");

    /**
     * @param acknowledged when the last API server denied its probe for the first time
     */
    record Generation(long number, Set<String> nodes, Instant written, Optional<Instant> acknowledged) {}

    private final List<Generation> generations;

    private GuardHistory(List<Generation> generations) {
        this.generations = generations;
    }

    static GuardHistory of(Testbed testbed) {
        var writes = new ArrayList<AuditRecord>();
        var denials = new HashMap<String, List<Instant>>();
        try (var records = testbed.audit().records()) {
            records.filter(record -> record.user().equals(OPERATOR)).forEach(record -> {
                if (record.resource().equals("validatingwebhookconfigurations") && record.changed()) {
                    writes.add(record);
                }
                if (record.isBinding() && record.dryRun() && record.code() == 403) {
                    record.bindingTarget()
                            .ifPresent(probe -> denials.computeIfAbsent(probe, _ -> new ArrayList<>())
                                    .add(record.completed()));
                }
            });
        }
        var generations = new ArrayList<Generation>();
        for (var write : writes) {
            var body = write.requestObject();
            if (body != null && body.has("webhooks")) {
                long number = body.path("metadata")
                        .path("annotations")
                        .path("waterline.dev/guard-generation")
                        .asLong();
                var seen = denials.getOrDefault("probe-" + number, List.of());
                generations.add(new Generation(
                        number,
                        nodes(body),
                        write.completed(),
                        seen.size() < testbed.apiServers().size()
                                ? Optional.empty()
                                : seen.stream().max(Instant::compareTo)));
            }
        }
        generations.sort((a, b) -> a.written().compareTo(b.written()));
        return new GuardHistory(generations);
    }

    List<Generation> generations() {
        return generations;
    }

    /** When a node's freeze was first acknowledged after a moment. */
    Map<String, Instant> acknowledgedAfter(Instant from) {
        var acknowledged = new HashMap<String, Instant>();
        generations.stream()
                .filter(generation -> !generation.written().isBefore(from))
                .forEach(generation -> generation
                        .acknowledged()
                        .ifPresent(at -> generation
                                .nodes()
                                .forEach(node -> acknowledged.merge(node, at, (a, b) -> a.isBefore(b) ? a : b))));
        return acknowledged;
    }

    private static Set<String> nodes(JsonNode configuration) {
        var nodes = new HashSet<String>();
        for (var webhook : configuration.path("webhooks")) {
            QUOTED.matcher(webhook.path("matchConditions")
                            .path(0)
                            .path("expression")
                            .asText())
                    .results()
                    .map(match -> match.group(1))
                    .filter(name -> !name.startsWith("probe-"))
                    .forEach(nodes::add);
        }
        return nodes;
    }
}
