package dev.waterline.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/**
 * What the service level objective has come to. A restarted operator goes on from it.
 *
 * @param mode the mode that it was computed in; in {@code Shadow} the shift moves nothing
 * @param shift points, a multiple of 0.5; below 0 freezes earlier
 * @param since when that was reached, RFC 3339
 * @param phase {@code Waiting}, {@code Following}, {@code Holding}, {@code Returning} or {@code NotTheCause}
 * @param burn how fast the error budget burned over the last 5 minutes when this was written: 1 uses it up exactly in time.
 *     Coarse: it is written anew when it has doubled or halved. Absent: unknown
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ElasticStatus(
        @Required String mode,
        @Required double shift,
        @Required @JsonPropertyDescription("RFC 3339") String since,
        @Required String phase,
        @Nullable Double burn) {}
