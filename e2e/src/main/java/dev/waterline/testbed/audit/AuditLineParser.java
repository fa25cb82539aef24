package dev.waterline.testbed.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;

/** One line of a log in the API server's JSON form is one {@code audit.k8s.io/v1} Event. */
final class AuditLineParser {
    private static final ObjectMapper JSON = new ObjectMapper();

    private AuditLineParser() {}

    /** @throws IllegalArgumentException if the line is no such event */
    static AuditRecord parse(String line) {
        JsonNode event;
        try {
            event = JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not a line of an audit log: " + line, e);
        }
        if (!event.path("kind").asText().equals("Event")) {
            throw new IllegalArgumentException("Not an audit event: " + line);
        }
        var object = event.path("objectRef");
        var uri = event.path("requestURI").asText("");
        var impersonated = event.path("impersonatedUser").path("username").asText("");
        return new AuditRecord(
                event.path("auditID").asText(""),
                event.path("verb").asText(""),
                impersonated.isEmpty() ? event.path("user").path("username").asText("") : impersonated,
                event.path("userAgent").asText(""),
                object.path("apiGroup").asText(""),
                object.path("resource").asText(""),
                object.path("subresource").asText(""),
                object.path("namespace").asText(""),
                object.path("name").asText(""),
                uri,
                Instant.parse(event.path("requestReceivedTimestamp").asText()),
                Instant.parse(event.path("stageTimestamp").asText()),
                event.path("responseStatus").path("code").asInt(0),
                uri.contains("dryRun=All"),
                event.hasNonNull("requestObject") ? event.get("requestObject") : null);
    }
}
