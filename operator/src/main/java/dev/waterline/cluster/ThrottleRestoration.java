package dev.waterline.cluster;

import dev.waterline.api.v1alpha1.WaterlineAnnotations;
import dev.waterline.decision.relief.PodFacts;
import dev.waterline.relief.Throttling;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives every throttled pod its own CPU limits back, in a cluster where no operator runs that would do it. Can be repeated, and
 * finds from the pods alone what is left to do.
 */
public final class ThrottleRestoration {
    private static final long PAGE = 500;
    private static final Logger log = LoggerFactory.getLogger(ThrottleRestoration.class);

    private final KubernetesClient client;
    private final Throttling throttling;

    public ThrottleRestoration(KubernetesClient client, String taintKey, InstantSource clock) {
        this.client = client;
        this.throttling = new Throttling(
                new KubernetesReliefPods(client, new PodIndex(client, taintKey), new NodeIndex(client, taintKey)),
                clock);
    }

    /** @return names of pods that could not be restored */
    public List<String> restoreAll() {
        var left = new ArrayList<String>();
        String next = "";
        do {
            var page = client.pods()
                    .inAnyNamespace()
                    .list(new ListOptionsBuilder()
                            .withLimit(PAGE)
                            .withContinue(next.isEmpty() ? null : next)
                            .build());
            page.getItems().stream()
                    .filter(ThrottleRestoration::isNoted)
                    .map(PodFactsReader::read)
                    .filter(pod -> !restore(pod))
                    .map(PodFacts::fullName)
                    .forEach(left::add);
            next = Objects.requireNonNullElse(page.getMetadata().getContinue(), "");
        } while (!next.isEmpty());
        return left;
    }

    private static boolean isNoted(Pod pod) {
        var annotations = pod.getMetadata().getAnnotations();
        return annotations != null && annotations.containsKey(WaterlineAnnotations.THROTTLED);
    }

    /** One pod that cannot be written must not keep the others throttled. */
    private boolean restore(PodFacts pod) {
        try {
            return switch (throttling.bring(pod, Optional.empty())) {
                case Throttling.NotAllowed(PodFacts _, boolean _, String answer) -> {
                    log.warn("Could not restore the CPU limits of pod {}: {}", pod.fullName(), answer);
                    yield false;
                }
                case Throttling.Unsettled _ -> false;
                case Throttling.Released _ -> {
                    log.info("Restored the CPU limits of pod {}", pod.fullName());
                    yield true;
                }
                case Throttling.Settled _, Throttling.Lowered _, Throttling.Discarded _, Throttling.NoSuchPod _ -> true;
            };
        } catch (KubernetesClientException e) {
            log.warn("Could not restore the CPU limits of pod {}: {}", pod.fullName(), e.getMessage());
            return false;
        }
    }
}
