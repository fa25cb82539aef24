package dev.waterline.observer;

import dev.waterline.api.v1alpha1.WaterlineAnnotations;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Taint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Compares each version of a node with the one before. A watch shows every write as a version of its own, so what changes
 * together was written together, and a version in which our marks change shows one write of ours and nothing else. Not
 * thread-safe.
 */
final class NodeContents {
    /** The janitor comes every 30 s; the rest is for a busy machine. */
    static final Duration WITHOUT_REASON_AT_MOST = Duration.ofSeconds(45);

    private record Content(
            List<Taint> ours,
            List<Taint> foreignTaints,
            String annotation,
            Map<String, String> foreignAnnotations,
            Map<String, String> labels) {

        boolean marksAs(Content other) {
            return ours.equals(other.ours) && annotation.equals(other.annotation);
        }

        boolean isForeignAs(Content other) {
            return foreignTaints.equals(other.foreignTaints)
                    && foreignAnnotations.equals(other.foreignAnnotations)
                    && labels.equals(other.labels);
        }

        boolean lacksReason() {
            return !ours.isEmpty() && annotation.isEmpty();
        }
    }

    private final Map<String, Content> last = new HashMap<>();
    private final Map<String, Instant> withoutReasonSince = new HashMap<>();
    private final List<Violation> violations = new ArrayList<>();

    void seen(Node node, Instant at) {
        var name = node.getMetadata().getName();
        var now = content(node);
        var before = last.put(name, now);
        if (before != null && !before.marksAs(now) && !before.isForeignAs(now)) {
            violations.add(new Violation(
                    Invariant.FOREIGN_CONTENT_STAYS,
                    at,
                    "Node %s changed with our marks from %s to %s".formatted(name, before, now)));
        }
        if (now.lacksReason()) {
            withoutReasonSince.putIfAbsent(name, at);
        } else {
            var since = withoutReasonSince.remove(name);
            if (since != null) {
                judgeReason(name, since, at);
            }
        }
    }

    void gone(String node) {
        last.remove(node);
        withoutReasonSince.remove(node);
    }

    List<Violation> violations(Instant now) {
        Map.copyOf(withoutReasonSince).forEach((node, since) -> judgeReason(node, since, now));
        return List.copyOf(violations);
    }

    private void judgeReason(String node, Instant since, Instant until) {
        if (Duration.between(since, until).compareTo(WITHOUT_REASON_AT_MOST) > 0) {
            violations.add(new Violation(
                    Invariant.NO_TAINT_WITHOUT_REASON,
                    until,
                    "Node %s carried our taint without a reason from %s to %s".formatted(node, since, until)));
        }
    }

    private static Content content(Node node) {
        var ours = new ArrayList<Taint>();
        var foreign = new ArrayList<Taint>();
        for (var taint : node.getSpec().getTaints()) {
            (Marks.TAINT_KEY.equals(taint.getKey()) ? ours : foreign).add(taint);
        }
        var annotations = new HashMap<>(
                Objects.requireNonNullElse(node.getMetadata().getAnnotations(), Map.<String, String>of()));
        var annotation = annotations.remove(WaterlineAnnotations.FREEZE);
        return new Content(
                List.copyOf(ours),
                List.copyOf(foreign),
                Objects.requireNonNullElse(annotation, ""),
                Map.copyOf(annotations),
                Map.copyOf(Objects.requireNonNullElse(node.getMetadata().getLabels(), Map.of())));
    }
}
