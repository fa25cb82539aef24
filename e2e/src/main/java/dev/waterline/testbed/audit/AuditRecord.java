package dev.waterline.testbed.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request that an API server has answered.
 *
 * @param verb as RBAC knows it: get, list, watch, create, update, patch, delete, deletecollection
 * @param user whom the request was made as: the impersonated user if there was one
 * @param userAgent of the client, empty if it sent none
 * @param apiGroup empty for the core group
 * @param resource plural, e.g. {@code pods}; empty for paths that are no resources, such as {@code /readyz}
 * @param subresource e.g. {@code binding} or {@code status}; empty if none
 * @param namespace empty for cluster-scoped objects
 * @param name empty for lists and for creates of which the server did not note the name
 * @param requestUri path and query
 * @param received when the server got the request
 * @param completed when it had answered
 * @param code the HTTP status; 0 if the log has none
 * @param dryRun whether the client asked that nothing be stored
 * @param requestObject the body, for what the audit policy logs at level Request; otherwise null
 */
public record AuditRecord(
        String auditId,
        String verb,
        String user,
        String userAgent,
        String apiGroup,
        String resource,
        String subresource,
        String namespace,
        String name,
        String requestUri,
        Instant received,
        Instant completed,
        int code,
        boolean dryRun,
        @Nullable JsonNode requestObject) {

    public boolean succeeded() {
        return code >= 200 && code < 300;
    }

    /** Whether this may have changed the cluster: a verb that writes, no dry run, and a success. */
    public boolean changed() {
        return succeeded() && !dryRun && isWrite();
    }

    public boolean isWrite() {
        return switch (verb) {
            case "create", "update", "patch", "delete", "deletecollection" -> true;
            default -> false;
        };
    }

    /** A Binding, by way of the pod's subresource or of the old {@code bindings} resource. */
    public boolean isBinding() {
        return verb.equals("create")
                && apiGroup.isEmpty()
                && ((resource.equals("pods") && subresource.equals("binding")) || resource.equals("bindings"));
    }

    /** The node that a Binding was for; empty if this is none. */
    public Optional<String> bindingTarget() {
        if (!isBinding() || requestObject == null) {
            return Optional.empty();
        }
        return Optional.of(requestObject.path("target").path("name").asText("")).filter(node -> !node.isEmpty());
    }

    /** How long the server took. */
    public Duration latency() {
        return Duration.between(received, completed);
    }
}
