package dev.waterline.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster admin asks for.
 *
 * @param mode whether decisions are carried out; {@code Enforce} by default
 * @param nodeSelector the nodes under this waterline; absent or empty selects every node
 * @param interval time between two evaluations of all selected nodes; {@code 5s} by default, {@code 1s} to {@code 5m}
 * @param signals what is measured on each node
 * @param tiers the ladder, lowest tier first
 * @param timing dwell and hold times
 * @param windows times of the calendar with waterlines of their own
 * @param onOutage what to do with frozen nodes when a signal's source does not answer
 * @param suspendEvictionAbove at which shares of frozen nodes evictions stop
 * @param elastic how the thresholds follow a service level objective; absent: they do not
 */
@ValidationRule(
        value = "self.tiers.all(t, t.waterlines.all(w, self.signals.exists(s, s.name == w.signal)))",
        fieldPath = ".tiers",
        message =
                "tiers[].waterlines[].signal must be the name of one of spec.signals: add the signal or correct the name")
@ValidationRule(
        value = "self.windows.all(w, w.tiers.all(t, self.tiers.exists(s, s.name == t.name)))",
        fieldPath = ".windows",
        message = "windows[].tiers[].name must be the name of one of spec.tiers: add the tier or correct the name")
@ValidationRule(
        value = "self.windows.all(w, w.tiers.all(t, t.waterlines.all(l, self.signals.exists(s, s.name == l.signal))))",
        fieldPath = ".windows",
        message = "windows[].tiers[].waterlines[].signal must be the name of one of spec.signals: add the signal or"
                + " correct the name")
@ValidationRule(
        value = "self.tiers.exists(t, t.waterlines.size() > 0) || self.windows.exists(w, w.tiers.size() > 0)",
        fieldPath = ".tiers",
        message = "at least one tier needs waterlines, else nothing can ever freeze: add waterlines to a tier")
@ValidationRule(
        value = "!has(self.tiers[0].minPriority) && !has(self.tiers[0].priorityClassName)",
        fieldPath = ".tiers",
        message = "the first tier takes every pod that no other tier claims: remove minPriority and priorityClassName"
                + " from tiers[0], or put a lower tier in front of it")
@ValidationRule(
        value = "self.tiers.all(t, t.name == self.tiers[0].name || has(t.minPriority) || has(t.priorityClassName))",
        fieldPath = ".tiers",
        message = "every tier but the first needs minPriority or priorityClassName, which says where it begins")
@ValidationRule(
        value = "self.tiers.all(t, !has(t.minPriority) || self.tiers.all(u, !has(u.minPriority) || t.name == u.name"
                + " || t.minPriority != u.minPriority))",
        fieldPath = ".tiers",
        message = "two tiers have the same minPriority: give each tier its own")
public record PriorityWaterlineSpec(
        @Default("Enforce") @JsonPropertyDescription("Enforce acts; DryRun decides and reports, but touches nothing.")
        Mode mode,

        @JsonPropertyDescription("The nodes under this waterline. Absent or empty selects every node.") @Nullable LabelSelector nodeSelector,

        @Default("5s")
        @Pattern(DURATION) @ValidationRule(
                value = "duration(self) >= duration('1s') && duration(self) <= duration('5m')",
                message = "interval must be between 1s and 5m")
        @JsonPropertyDescription("Time between two evaluations of all selected nodes, such as 5s.")
        String interval,

        @Required
        @JsonPropertyDescription(
                "What is measured on each node. Each signal yields one utilisation ratio (0 to 1)" + " per node.")
        @Size(min = 1, max = 8) List<Signal> signals,

        @Required
        @JsonPropertyDescription("The ladder, lowest tier first. A pod belongs to the highest tier whose minimum"
                + " priority it reaches.")
        @Size(min = 1, max = 16) List<Tier> tiers,

        @Default("{}") @JsonPropertyDescription("Dwell and hold times.")
        Timing timing,

        @Default("[]")
        @JsonPropertyDescription("Times of the calendar with waterlines of their own, such as a settlement.")
        @Size(max = 16) List<Window> windows,

        @Default("{}") @JsonPropertyDescription("What to do with frozen nodes when a signal's source does not answer.")
        OnOutage onOutage,

        @Default("{}") @JsonPropertyDescription("At which shares of frozen nodes relief stops evicting.")
        SuspendEvictionAbove suspendEvictionAbove,

        @JsonPropertyDescription("Thresholds that follow a service level objective. Absent: they do not.") @Nullable Elastic elastic) {

    /** A duration as Kubernetes' CEL reads it: {@code 90s}, {@code 1m30s}, {@code 500ms}. */
    public static final String DURATION = "^([0-9]+(ms|s|m|h))+$";

    public PriorityWaterlineSpec {
        mode = Objects.requireNonNullElse(mode, Mode.Enforce);
        interval = Objects.requireNonNullElse(interval, "5s");
        signals = List.copyOf(Objects.requireNonNullElse(signals, List.of()));
        tiers = List.copyOf(Objects.requireNonNullElse(tiers, List.of()));
        timing = Objects.requireNonNullElseGet(timing, Timing::defaults);
        windows = List.copyOf(Objects.requireNonNullElse(windows, List.of()));
        onOutage = Objects.requireNonNullElseGet(onOutage, OnOutage::defaults);
        suspendEvictionAbove = Objects.requireNonNullElseGet(suspendEvictionAbove, SuspendEvictionAbove::defaults);
    }
}
