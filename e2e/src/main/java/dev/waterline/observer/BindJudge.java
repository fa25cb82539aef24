package dev.waterline.observer;

import dev.waterline.testbed.audit.AuditRecord;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lays binds and freezes beside each other. */
final class BindJudge {
    /** Creation times are whole seconds, cut off. */
    private static final Duration CREATION_TOLERANCE = Duration.ofSeconds(1);

    private final Map<String, List<Freeze>> freezes = new HashMap<>();
    private final Map<String, SeenPod> byUid = new HashMap<>();
    private final Map<String, SeenPod> byName = new HashMap<>();

    BindJudge(Collection<Freeze> freezes, Collection<SeenPod> pods) {
        freezes.forEach(freeze -> this.freezes
                .computeIfAbsent(freeze.node(), _ -> new ArrayList<>())
                .add(freeze));
        pods.forEach(pod -> {
            byUid.put(pod.uid(), pod);
            byName.put(pod.namespace() + "/" + pod.name(), pod);
        });
    }

    List<Violation> violations(List<AuditRecord> bindings) {
        var violations = new ArrayList<Violation>();
        for (var binding : bindings) {
            var pod = pod(binding);
            var node = binding.bindingTarget();
            if (pod.isEmpty() || node.isEmpty() || binding.dryRun() || pod.get().exempt()) {
                continue;
            }
            if (binding.succeeded()) {
                leak(pod.get(), node.get(), binding).ifPresent(violations::add);
            } else if (binding.code() == HttpURLConnection.HTTP_FORBIDDEN) {
                wrongDenial(pod.get(), node.get(), binding).ifPresent(violations::add);
            }
        }
        byUid.values().stream().flatMap(pod -> bornOnFrozen(pod).stream()).forEach(violations::add);
        return violations;
    }

    private Optional<SeenPod> pod(AuditRecord binding) {
        var body = binding.requestObject();
        var uid = body == null ? "" : body.path("metadata").path("uid").asText("");
        return Optional.ofNullable(byUid.get(uid))
                .or(() -> Optional.ofNullable(byName.get(binding.namespace() + "/" + binding.name())));
    }

    private Optional<Violation> leak(SeenPod pod, String node, AuditRecord binding) {
        return of(node).stream()
                .filter(freeze -> pod.priority() < freeze.floor() && freeze.covers(binding.received(), Duration.ZERO))
                .findFirst()
                .map(freeze -> new Violation(
                        Invariant.NO_LEAK,
                        binding.completed(),
                        "Pod %s/%s of priority %d was bound to node %s by a request received at %s, and %s"
                                .formatted(
                                        pod.namespace(),
                                        pod.name(),
                                        pod.priority(),
                                        node,
                                        binding.received(),
                                        freeze)));
    }

    /** Where the node was closed at several floors meanwhile, the pod must reach all of them to count as wronged. */
    private Optional<Violation> wrongDenial(SeenPod pod, String node, AuditRecord binding) {
        var meanwhile = of(node).stream()
                .filter(freeze ->
                        freeze.released() == null || !freeze.released().isBefore(binding.received()))
                .toList();
        return meanwhile.isEmpty() || meanwhile.stream().anyMatch(freeze -> pod.priority() < freeze.floor())
                ? Optional.empty()
                : Optional.of(new Violation(
                        Invariant.PROTECTED_PODS_PASS,
                        binding.completed(),
                        "Pod %s/%s of priority %d was denied on node %s at %s, and %s"
                                .formatted(
                                        pod.namespace(),
                                        pod.name(),
                                        pod.priority(),
                                        node,
                                        binding.completed(),
                                        meanwhile.getFirst())));
    }

    private Optional<Violation> bornOnFrozen(SeenPod pod) {
        if (pod.bornOn().isEmpty() || pod.exempt()) {
            return Optional.empty();
        }
        return of(pod.bornOn()).stream()
                .filter(freeze -> pod.priority() < freeze.floor() && freeze.covers(pod.created(), CREATION_TOLERANCE))
                .findFirst()
                .map(freeze -> new Violation(
                        Invariant.NO_LEAK,
                        pod.created(),
                        "Pod %s/%s of priority %d was created on node %s at %s, and %s"
                                .formatted(
                                        pod.namespace(),
                                        pod.name(),
                                        pod.priority(),
                                        pod.bornOn(),
                                        pod.created(),
                                        freeze)));
    }

    private List<Freeze> of(String node) {
        return freezes.getOrDefault(node, List.of());
    }
}
