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
 * @param conditions Ready, MetricsAvailable, Engaged, Enforced, Settlement
 * @param nodesMatched how many nodes the selector picks
 * @param nodesFrozen how many of them are frozen for at least one tier by this waterline
 * @param tiers the ladder as it is in effect
 * @param windows the occurrence of each window that counts now, in effect or the next
 * @param hottestNodes at most ten frozen or hottest nodes, by reading when this was written
 * @param overriddenNodes at most ten of its nodes for which a person has ordered something, by name
 * @param decisions at most ten last changes, newest first
 * @param elastic how far the thresholds have moved for the sake of the service level objective; absent: none is set
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PriorityWaterlineStatus(
        @Nullable Long observedGeneration,
        List<Condition> conditions,
        @Nullable Integer nodesMatched,
        @Nullable Integer nodesFrozen,
        List<TierStatus> tiers,
        List<WindowStatus> windows,
        List<NodeStatus> hottestNodes,
        List<NodeOverrideStatus> overriddenNodes,
        List<NodeDecision> decisions,
        @Nullable ElasticStatus elastic) {

    public PriorityWaterlineStatus {
        conditions = List.copyOf(Objects.requireNonNullElse(conditions, List.of()));
        tiers = List.copyOf(Objects.requireNonNullElse(tiers, List.of()));
        windows = List.copyOf(Objects.requireNonNullElse(windows, List.of()));
        hottestNodes = List.copyOf(Objects.requireNonNullElse(hottestNodes, List.of()));
        overriddenNodes = List.copyOf(Objects.requireNonNullElse(overriddenNodes, List.of()));
        decisions = List.copyOf(Objects.requireNonNullElse(decisions, List.of()));
    }

    /**
     * One tier, with what is in effect for it.
     *
     * @param name the tier
     * @param minPriority its lowest priority, resolved; absent for the first tier
     * @param thresholds in effect; none: protected
     * @param nodesFrozen nodes on which this tier is frozen
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record TierStatus(
            String name, @Nullable Integer minPriority, List<EffectiveThreshold> thresholds, int nodesFrozen) {
        public TierStatus {
            thresholds = List.copyOf(Objects.requireNonNullElse(thresholds, List.of()));
        }
    }

    /**
     * A threshold in effect.
     *
     * @param signal of which signal
     * @param freezeAbove percent
     * @param thawBelow percent
     * @param origin what set it: {@code Spec}, {@code Window/<name>} or {@code Elastic}
     * @param fromTier the higher tier whose it is, when that one's is the stricter; absent: the tier's own
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record EffectiveThreshold(
            String signal,
            double freezeAbove,
            double thawBelow,
            String origin,
            @Nullable String fromTier) {}

    /**
     * A window.
     *
     * @param name of the window
     * @param state {@code Upcoming}, {@code Lead} (in effect before its start) or {@code Active}
     * @param from when it takes effect, RFC 3339
     * @param start when it starts
     * @param until when it ends
     * @param settlement the ledger of the work that it protects: of this occurrence, or of the last one until this one takes
     *     effect; absent if it protects none or has not been in effect yet
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record WindowStatus(
            String name,
            String state,
            String from,
            String start,
            String until,
            @Nullable SettlementStatus settlement) {}

    /**
     * How the protected Jobs of one occurrence stand. It changes when a Job begins or ends and when the time that they need
     * has changed by a coarse step.
     *
     * @param state {@code NoWork}, {@code OnTrack}, {@code AtRisk}, {@code Critical}, {@code Met} or {@code Missed}
     * @param from Jobs that were over before are of another occurrence, RFC 3339
     * @param start of the window, RFC 3339
     * @param deadline RFC 3339
     * @param jobs how many
     * @param succeeded how many of them in time
     * @param requiredSeconds how much longer the rest takes at the pace observed, rounded up; absent once there is no rest
     * @param message one sentence
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SettlementStatus(
            String state,
            String from,
            String start,
            String deadline,
            int jobs,
            int succeeded,
            @Nullable Long requiredSeconds,
            String message) {}

    /**
     * One node.
     *
     * @param node its name
     * @param percent the smoothed reading nearest to its threshold, rounded to whole percent
     * @param signal which signal that is
     * @param floor the lowest priority that may land there; absent: not frozen
     * @param since when this floor was reached, RFC 3339
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record NodeStatus(
            String node,
            @Nullable Integer percent,
            @Nullable String signal,
            @Nullable Integer floor,
            @Nullable String since) {}

    /**
     * A node for which a person has ordered something by annotation.
     *
     * @param node its name
     * @param action {@code FreezeOverride} or {@code ThawOverride}
     * @param floor the floor that it has at least; absent for a thaw
     * @param until RFC 3339
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record NodeOverrideStatus(
            String node, String action, @Nullable Integer floor, String until) {}

    /**
     * A change that was decided.
     *
     * @param at RFC 3339
     * @param node where
     * @param action {@code Freeze} or {@code Thaw}
     * @param tier the highest tier concerned
     * @param message one sentence with number, threshold and its origin
     * @param id under which the operator serves the whole of it at {@code /api/v1/decisions/<id>}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record NodeDecision(
            @JsonPropertyDescription("RFC 3339") String at,
            String node,
            String action,
            String tier,
            String message,
            @Nullable String id) {}
}
