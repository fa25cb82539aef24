package dev.waterline.cluster;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Objects;
import java.util.SortedSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds missing tolerations to pods that wait for a node: those that were created before anything knew their floor, or
 * that were missed. The API server lets tolerations be added to a pod that exists.
 */
final class TolerationBackfill {
    private static final Logger log = LoggerFactory.getLogger(TolerationBackfill.class);

    private final KubernetesClient client;
    private final PodIndex pods;
    private final String taintKey;

    TolerationBackfill(KubernetesClient client, PodIndex pods, String taintKey) {
        this.client = client;
        this.pods = pods;
        this.taintKey = taintKey;
    }

    /** Treats all pending pods that the API server knows now, whatever the cache has seen. */
    void treatLive(SortedSet<Integer> floors) {
        String next = "";
        do {
            var page = client.pods()
                    .inAnyNamespace()
                    .withField("spec.nodeName", "")
                    .list(new ListOptionsBuilder()
                            .withLimit(500L)
                            .withContinue(next.isEmpty() ? null : next)
                            .build());
            page.getItems().stream()
                    .map(pod -> PodSummary.of(pod, taintKey))
                    .filter(pod -> isUntreated(pod, floors))
                    .forEach(pod -> treat(pod, floors));
            next = Objects.requireNonNullElse(page.getMetadata().getContinue(), "");
        } while (!next.isEmpty());
    }

    /** Treats the pending pods of the cache. */
    void treatCached(SortedSet<Integer> floors) {
        pods.all().stream().filter(pod -> isUntreated(pod, floors)).forEach(pod -> treat(pod, floors));
    }

    private static boolean isUntreated(PodSummary pod, SortedSet<Integer> floors) {
        return !pod.isBound()
                && !pod.finished()
                && floors.stream().anyMatch(floor -> pod.priority() >= floor && !pod.tolerates(floor));
    }

    private void treat(PodSummary pod, SortedSet<Integer> floors) {
        var resource = client.pods().inNamespace(pod.namespace()).withName(pod.name());
        try {
            var live = resource.get();
            if (live == null || !pod.uid().equals(live.getMetadata().getUid())) {
                return;
            }
            var additions = TolerationPatch.operations(
                    live.getSpec().getTolerations(),
                    Objects.requireNonNullElse(live.getSpec().getPriority(), 0),
                    floors,
                    taintKey);
            if (!additions.isEmpty()) {
                resource.patch(context(), patch(live, additions));
                log.info("Added missing tolerations to pending pod {}/{}", pod.namespace(), pod.name());
            }
        } catch (KubernetesClientException e) {
            log.info(
                    "Could not add tolerations to pod {}/{}; tried again soon: {}",
                    pod.namespace(),
                    pod.name(),
                    e.getMessage());
        }
    }

    private static String patch(Pod pod, ArrayNode additions) {
        var operations = JsonNodeFactory.instance.arrayNode();
        operations
                .addObject()
                .put("op", "test")
                .put("path", "/metadata/resourceVersion")
                .put("value", pod.getMetadata().getResourceVersion());
        return operations.addAll(additions).toString();
    }

    private static PatchContext context() {
        var context = PatchContext.of(PatchType.JSON);
        context.setFieldManager(FieldManager.NAME);
        return context;
    }
}
