package dev.waterline.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import java.util.Objects;

/**
 * What is scaled, in the ScaledWorkload's own namespace.
 *
 * @param apiVersion {@code apps/v1} by default
 * @param kind {@code Deployment} by default; anything with a {@code /scale} subresource
 * @param name of the object
 */
public record ScaleTargetRef(
        @Default("apps/v1") @Pattern("^([a-z0-9.-]+/)?v[a-z0-9]+$") String apiVersion,

        @Default("Deployment")
        @Pattern("^[A-Z][A-Za-z0-9]*$") @JsonPropertyDescription("Any kind with a /scale subresource.")
        String kind,

        @Required @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$") String name) {

    public ScaleTargetRef {
        apiVersion = Objects.requireNonNullElse(apiVersion, "apps/v1");
        kind = Objects.requireNonNullElse(kind, "Deployment");
    }
}
