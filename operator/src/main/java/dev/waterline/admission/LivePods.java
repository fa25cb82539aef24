package dev.waterline.admission;

import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Looks pods up at the API server, and the volumes that they claim. It keeps nothing. */
public final class LivePods implements PodLookup, AutoCloseable {
    private static final String MIRROR_ANNOTATION = "kubernetes.io/config.mirror";

    private final KubernetesClient client;
    private final ExecutorService lookups = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("pod-lookup-", 0).factory());

    private final Duration deadline;

    public LivePods(KubernetesClient client) {
        this(client, LIVE_DEADLINE);
    }

    LivePods(KubernetesClient client, Duration deadline) {
        this.client = client;
        this.deadline = deadline;
    }

    @Override
    public Optional<PodFacts> cached(String namespace, String name, Optional<String> uid) {
        return Optional.empty();
    }

    @Override
    public Optional<PodFacts> live(String namespace, String name) throws PodLookupException {
        Future<Optional<PodFacts>> lookup = lookups.submit(() -> read(namespace, name));
        try {
            return lookup.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new PodLookupException("No answer within " + deadline.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw new PodLookupException("The API server could not be asked", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PodLookupException("Interrupted", e);
        } finally {
            lookup.cancel(true);
        }
    }

    @Override
    public void close() {
        lookups.shutdownNow();
    }

    private Optional<PodFacts> read(String namespace, String name) {
        return Optional.ofNullable(
                        client.pods().inNamespace(namespace).withName(name).get())
                .map(this::facts);
    }

    private PodFacts facts(Pod pod) {
        Set<PodTrait> traits = new HashSet<>();
        for (OwnerReference owner : orEmpty(pod.getMetadata().getOwnerReferences())) {
            if ("DaemonSet".equals(owner.getKind()) && Boolean.TRUE.equals(owner.getController())) {
                traits.add(new PodTrait.DaemonSetPod());
            }
        }
        if (pod.getMetadata().getAnnotations() != null
                && pod.getMetadata().getAnnotations().containsKey(MIRROR_ANNOTATION)) {
            traits.add(new PodTrait.MirrorPod());
        }
        orEmpty(pod.getSpec().getVolumes()).stream()
                .map(volume -> volume.getPersistentVolumeClaim())
                .filter(Objects::nonNull)
                .map(claim -> pinnedNode(pod.getMetadata().getNamespace(), claim.getClaimName()))
                .flatMap(Optional::stream)
                .map(PodTrait.PinnedToNode::new)
                .forEach(traits::add);
        return new PodFacts(
                pod.getMetadata().getUid(),
                Objects.requireNonNullElse(pod.getSpec().getPriority(), 0),
                traits);
    }

    /** The one node on which a claim's volume can be mounted, if there is only one. */
    private Optional<String> pinnedNode(String namespace, String claimName) {
        PersistentVolumeClaim claim = client.persistentVolumeClaims()
                .inNamespace(namespace)
                .withName(claimName)
                .get();
        if (claim == null || claim.getSpec() == null || claim.getSpec().getVolumeName() == null) {
            return Optional.empty();
        }
        PersistentVolume volume = client.persistentVolumes()
                .withName(claim.getSpec().getVolumeName())
                .get();
        if (volume == null
                || volume.getSpec().getNodeAffinity() == null
                || volume.getSpec().getNodeAffinity().getRequired() == null) {
            return Optional.empty();
        }
        List<NodeSelectorTerm> terms =
                orEmpty(volume.getSpec().getNodeAffinity().getRequired().getNodeSelectorTerms());
        return terms.size() == 1 ? onlyNode(terms.getFirst()) : Optional.empty();
    }

    private static Optional<String> onlyNode(NodeSelectorTerm term) {
        List<NodeSelectorRequirement> requirements = new ArrayList<>(orEmpty(term.getMatchFields()));
        requirements.addAll(orEmpty(term.getMatchExpressions()));
        return requirements.stream()
                .filter(requirement -> "metadata.name".equals(requirement.getKey())
                        || "kubernetes.io/hostname".equals(requirement.getKey()))
                .filter(requirement -> "In".equals(requirement.getOperator())
                        && requirement.getValues().size() == 1)
                .map(requirement -> requirement.getValues().getFirst())
                .findFirst();
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}
