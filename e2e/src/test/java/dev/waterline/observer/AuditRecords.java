package dev.waterline.observer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.waterline.testbed.audit.AuditRecord;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes the few kinds of audit records that matter here. Times are seconds after a fixed moment. */
public final class AuditRecords {
    private static final Instant START = Instant.parse("2026-03-02T22:00:00Z");

    private AuditRecords() {}

    public static Instant at(double seconds) {
        return START.plusMillis(Math.round(seconds * 1000));
    }

    /** A version of the bind guard that names these nodes; received 0.1 s before the given time. */
    public static AuditRecord guard(double seconds, int generation, String... nodes) {
        var names = java.util.stream.Stream.concat(List.of(nodes).stream(), List.of("probe-" + generation).stream())
                .map(name -> "'" + name + "'")
                .collect(Collectors.joining(","));
        var configuration = JsonNodeFactory.instance.objectNode();
        if (nodes.length > 0) {
            var webhook = configuration.putArray("webhooks").addObject().put("name", "floor-1000-0.bind.waterline.dev");
            var conditions = webhook.putArray("matchConditions");
            conditions
                    .addObject()
                    .put("name", "frozen-nodes")
                    .put("expression", "object.target.name in [" + names + "]");
            conditions
                    .addObject()
                    .put("name", "not-the-operator")
                    .put("expression", "request.namespace != 'waterline-system'");
        }
        return record(
                "update",
                "validatingwebhookconfigurations",
                "",
                "",
                "waterline-bind-guard",
                seconds,
                200,
                false,
                configuration);
    }

    public static AuditRecord guardDeleted(double seconds) {
        return record(
                "delete", "validatingwebhookconfigurations", "", "", "waterline-bind-guard", seconds, 200, false, null);
    }

    public static AuditRecord probe(double seconds, int generation, int code) {
        return record(
                "create",
                "pods",
                "binding",
                "waterline-system",
                "waterline-probe",
                seconds,
                code,
                true,
                target("probe-" + generation));
    }

    public static AuditRecord binding(double seconds, String namespace, String pod, String node, int code) {
        return record("create", "pods", "binding", namespace, pod, seconds, code, false, target(node));
    }

    private static JsonNode target(String node) {
        var binding = JsonNodeFactory.instance.objectNode();
        binding.putObject("target").put("name", node);
        return binding;
    }

    private static AuditRecord record(
            String verb,
            String resource,
            String subresource,
            String namespace,
            String name,
            double seconds,
            int code,
            boolean dryRun,
            @Nullable JsonNode body) {
        return new AuditRecord(
                "id",
                verb,
                "somebody",
                "test",
                resource.equals("pods") ? "" : "admissionregistration.k8s.io",
                resource,
                subresource,
                namespace,
                name,
                "/",
                at(seconds - 0.1),
                at(seconds),
                code,
                dryRun,
                body);
    }
}
