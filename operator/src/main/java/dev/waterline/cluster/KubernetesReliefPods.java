package dev.waterline.cluster;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waterline.api.v1alpha1.WaterlineAnnotations;
import dev.waterline.decision.relief.ContainerCpu;
import dev.waterline.decision.relief.PodFacts;
import dev.waterline.decision.relief.PriorityRange;
import dev.waterline.decision.relief.ThrottleNote;
import dev.waterline.relief.ReliefPods;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.api.model.policy.v1.EvictionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Reads pods for relief and writes to them: the note by a patch of the pod, limits by a patch of its resize subresource, evictions
 * by the Eviction API. Every patch tests the resourceVersion, and an eviction the UID.
 */
public final class KubernetesReliefPods implements ReliefPods {
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int INTERNAL = 500;

    private final KubernetesClient client;
    private final PodIndex pods;
    private final NodeIndex nodes;

    public KubernetesReliefPods(KubernetesClient client, PodIndex pods, NodeIndex nodes) {
        this.client = client;
        this.pods = pods;
        this.nodes = nodes;
    }

    @Override
    public Collection<Cached> noted() {
        return pods.all().stream()
                .filter(pod -> pod.throttled().isPresent())
                .map(KubernetesReliefPods::cached)
                .toList();
    }

    @Override
    public Map<String, List<Cached>> bound(Collection<String> onNodes, PriorityRange priorities) {
        var wanted = new HashSet<>(onNodes);
        return pods.all().stream()
                .filter(pod -> wanted.contains(pod.nodeName())
                        && priorities.contains(pod.priority())
                        && !pod.mirror()
                        && !pod.finished())
                .map(KubernetesReliefPods::cached)
                .collect(Collectors.groupingBy(Cached::node));
    }

    private static Cached cached(PodSummary pod) {
        return new Cached(
                pod.namespace(),
                pod.name(),
                pod.uid(),
                pod.resourceVersion(),
                pod.nodeName(),
                pod.priority(),
                PodFactsReader.note(pod.throttled(), pod.uid()));
    }

    @Override
    public List<PodFacts> live(String node) {
        return client.pods().inAnyNamespace().withField("spec.nodeName", node).list().getItems().stream()
                .map(PodFactsReader::read)
                .toList();
    }

    @Override
    public Optional<PodFacts> live(String namespace, String name) {
        return Optional.ofNullable(
                        client.pods().inNamespace(namespace).withName(name).get())
                .map(PodFactsReader::read);
    }

    @Override
    public OptionalLong cpuMillis(String node) {
        return Optional.ofNullable(client.nodes().withName(node).get()).stream()
                .map(found -> found.getStatus().getCapacity().get("cpu"))
                .filter(Objects::nonNull)
                .mapToLong(CpuQuantity::millis)
                .findFirst();
    }

    @Override
    public OptionalInt floor(String node) {
        return nodes.get(node).flatMap(known -> known.mark().floor()).stream()
                .mapToInt(Integer::intValue)
                .findFirst();
    }

    @Override
    public Written note(PodFacts pod, Optional<ThrottleNote> note) {
        var metadata = JsonNodeFactory.instance.objectNode();
        metadata.put("uid", pod.uid()).put("resourceVersion", pod.resourceVersion());
        metadata.putObject("annotations")
                .put(
                        WaterlineAnnotations.THROTTLED,
                        note.map(ThrottleAnnotation::format).orElse(null));
        var patch =
                JsonNodeFactory.instance.objectNode().set("metadata", metadata).toString();
        return written(pod, () -> resource(pod).patch(context(PatchType.JSON_MERGE), patch));
    }

    @Override
    public Written resize(PodFacts pod, Map<String, String> limits) {
        var operations = JsonNodeFactory.instance.arrayNode();
        operation(operations, "test", "/metadata/resourceVersion").put("value", pod.resourceVersion());
        var indices = new HashMap<String, Integer>();
        for (int i = 0; i < pod.containers().size(); i++) {
            ContainerCpu container = pod.containers().get(i);
            indices.put(container.name(), i);
        }
        limits.forEach((container, text) -> operation(
                        operations, "replace", "/spec/containers/" + indices.get(container) + "/resources/limits/cpu")
                .put("value", text));
        return written(
                pod, () -> resource(pod).subresource("resize").patch(context(PatchType.JSON), operations.toString()));
    }

    @Override
    public Written evict(PodFacts pod) {
        var eviction = new EvictionBuilder()
                .withNewMetadata()
                .withNamespace(pod.namespace())
                .withName(pod.name())
                .endMetadata()
                .withDeleteOptions(new DeleteOptionsBuilder()
                        .withNewPreconditions()
                        .withUid(pod.uid())
                        .endPreconditions()
                        .build())
                .build();
        try {
            client.raw(
                    "/api/v1/namespaces/%s/pods/%s/eviction?fieldManager=%s"
                            .formatted(pod.namespace(), pod.name(), FieldManager.NAME),
                    "POST",
                    eviction);
            return new Done(pod);
        } catch (KubernetesClientException e) {
            return switch (e.getCode()) {
                case NOT_FOUND -> new Gone();
                case CONFLICT -> new Changed();
                case TOO_MANY_REQUESTS, FORBIDDEN, INTERNAL -> {
                    if (isBudget(e)) {
                        yield new Blocked(answer(e));
                    }
                    if (e.getCode() == TOO_MANY_REQUESTS) {
                        throw e;
                    }
                    yield new Refused(answer(e));
                }
                case BAD_REQUEST, UNPROCESSABLE -> new Refused(answer(e));
                default -> throw e;
            };
        }
    }

    private PodResource resource(PodFacts pod) {
        return client.pods().inNamespace(pod.namespace()).withName(pod.name());
    }

    private Written written(PodFacts pod, Supplier<Pod> write) {
        try {
            return new Done(PodFactsReader.read(write.get()));
        } catch (KubernetesClientException e) {
            return switch (e.getCode()) {
                case CONFLICT -> new Changed();
                // A failed test of the patch, a value that does not validate, and a missing subresource have to be told
                // apart from a pod that has changed or gone.
                case NOT_FOUND, UNPROCESSABLE ->
                    live(pod.namespace(), pod.name())
                            .filter(now -> now.uid().equals(pod.uid()))
                            .<Written>map(now -> now.resourceVersion().equals(pod.resourceVersion())
                                    ? new Refused(answer(e))
                                    : new Changed())
                            .orElseGet(Gone::new);
                case BAD_REQUEST, FORBIDDEN -> new Refused(answer(e));
                default -> throw e;
            };
        }
    }

    private static boolean isBudget(KubernetesClientException e) {
        return e.getStatus() != null
                && e.getStatus().getDetails() != null
                && e.getStatus().getDetails().getCauses().stream()
                        .map(StatusCause::getReason)
                        .anyMatch("DisruptionBudget"::equals);
    }

    private static String answer(KubernetesClientException e) {
        return e.getStatus() == null || e.getStatus().getMessage() == null
                ? String.valueOf(e.getMessage())
                : causes(e) + e.getStatus().getMessage();
    }

    private static String causes(KubernetesClientException e) {
        return isBudget(e)
                ? e.getStatus().getDetails().getCauses().stream()
                                .map(StatusCause::getMessage)
                                .filter(Objects::nonNull)
                                .collect(Collectors.joining("; "))
                        + ": "
                : "";
    }

    private static ObjectNode operation(ArrayNode operations, String op, String path) {
        return operations.addObject().put("op", op).put("path", path);
    }

    private static PatchContext context(PatchType type) {
        var context = PatchContext.of(type);
        context.setFieldManager(FieldManager.NAME);
        return context;
    }
}
