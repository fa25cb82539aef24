package dev.waterline.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the operator sees and has decided. Written only when something a person would notice has changed.
 *
 * @param observedGeneration the spec generation that this status speaks of
 * @param conditions Ready, Active, MetricsAvailable, Fallback, Paused, Limited
 * @param currentReplicas the target's {@code spec.replicas} at the last evaluation
 * @param desiredReplicas what the last decision asks for
 * @param lastScaleTime when the operator last changed the count, RFC 3339
 * @param lastActiveTime when a trigger was last seen active, RFC 3339; written when that starts or ends, and at least
 *     once per quarter of the cooldown period in between
 * @param scaleEvents the changes that the rate policies still count, so that they survive a restart; some of a
 *     period may be told as one, at the time of the last
 * @param triggers what each trigger said
 * @param lastDecision the last decision that differed from the one before
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ScaledWorkloadStatus(
        @Nullable Long observedGeneration,
        List<Condition> conditions,
        @Nullable Integer currentReplicas,
        @Nullable Integer desiredReplicas,
        @Nullable String lastScaleTime,
        @Nullable String lastActiveTime,

        @JsonPropertyDescription("Changes that rate policies still count.")
        List<ScaleEvent> scaleEvents,

        List<TriggerStatus> triggers,
        @Nullable Decision lastDecision) {

    public ScaledWorkloadStatus {
        conditions = List.copyOf(Objects.requireNonNullElse(conditions, List.of()));
        scaleEvents = List.copyOf(Objects.requireNonNullElse(scaleEvents, List.of()));
        triggers = List.copyOf(Objects.requireNonNullElse(triggers, List.of()));
    }

    /**
     * A change of the count.
     *
     * @param at RFC 3339
     * @param change replicas added; below 0: removed
     */
    public record ScaleEvent(String at, int change) {}

    /**
     * One trigger.
     *
     * @param name its name
     * @param value the value read, as of the last status change; absent: none could be read
     * @param target its threshold
     * @param proposal the replicas that it asks for; absent: it has failed, or is inactive. With an
     *     {@code error} it is the fallback's
     * @param active whether the value is above the activation threshold
     * @param error why there is no value
     * @param since when {@code active} or {@code error} last changed, RFC 3339
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record TriggerStatus(
            String name,
            @Nullable String value,
            @Nullable String target,
            @Nullable Integer proposal,
            boolean active,
            @Nullable String error,
            @Nullable String since) {}

    /**
     * Why the count is what it is.
     *
     * @param at RFC 3339
     * @param from replicas before
     * @param to replicas after
     * @param winner the trigger whose proposal was taken; absent: none
     * @param reason one word for machines
     * @param proposals what each trigger asked for, in their order
     * @param limits each limit that bit
     * @param message one sentence for people
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Decision(
            String at,
            int from,
            int to,
            @Nullable String winner,
            String reason,
            List<Proposal> proposals,
            List<String> limits,
            String message) {
        public Decision {
            proposals = List.copyOf(Objects.requireNonNullElse(proposals, List.of()));
            limits = List.copyOf(Objects.requireNonNullElse(limits, List.of()));
        }

        /**
         * What one trigger asked for.
         *
         * @param trigger its name
         * @param replicas before any limit; absent: it has failed
         * @param fallback whether the number is the fallback's
         */
        @JsonInclude(JsonInclude.Include.NON_NULL)
        public record Proposal(
                String trigger,
                @Nullable Integer replicas,
                @Nullable Boolean fallback) {}
    }
}
