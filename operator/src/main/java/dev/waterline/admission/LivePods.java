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
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks pods up at the API server, and the volumes that they claim. It keeps nothing. Only so many lookups run at once: an
 * API server that hangs must not tie up the threads on which the guard answers what it knows.
 */
public final class LivePods implements PodLookup, AutoCloseable {
    /** At 600 ms each, a hundred a second still get their turn from an API server that answers nobody. */
    private static final int AT_ONCE = 64;

    private final KubernetesClient client;
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final ExecutorService lookups = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("pod-lookup-", 0).factory());

    public LivePods(KubernetesClient client) {
        this.client = client;
    }

    /**
     * Reads one of each kind from text, so that the first real answer need not wait for the reflection that comes before
     * a kind is read for the first time: some hundred milliseconds on a cold process.
     */
    public void prepare() {
        var serialization = client.getKubernetesSerialization();
        List.of(
                        "{'kind':'Pod','apiVersion':'v1','metadata':{'name':'p','ownerReferences':[{'kind':'DaemonSet'}]},"
                                + "'spec':{'volumes':[{'persistentVolumeClaim':{'claimName':'c'}}]}}",
                        "{'kind':'PersistentVolumeClaim','apiVersion':'v1','spec':{'volumeName':'v'}}",
                        "{'kind':'PersistentVolume','apiVersion':'v1','spec':{'nodeAffinity':{'required':"
                                + "{'nodeSelectorTerms':[{'matchExpressions':[{'key':'k','values':['n']}]}]}}}}")
                .forEach(json -> serialization.unmarshal(json.replace('\'', '"')));
    }

    @Override
    public Optional<PodFacts> cached(String namespace, String name, String uid) {
        return Optional.empty();
    }

    @Override
    public Optional<PodFacts> live(String namespace, String name, Duration within) throws PodLookupException {
        return ask(
                () -> Optional.ofNullable(client.pods()
                                .inNamespace(namespace)
                                .withName(name)
                                .get())
                        .map(this::facts),
                within);
    }

    @Override
    public Set<PodTrait.PinnedToNode> pinned(String namespace, Collection<String> claims, Duration within)
            throws PodLookupException {
        return ask(() -> pinned(namespace, claims), within);
    }

    @Override
    public void close() {
        lookups.shutdownNow();
    }

    private <T> T ask(Callable<T> question, Duration within) throws PodLookupException {
        if (!within.isPositive() || !places.tryAcquire()) {
            throw new PodLookupException("No time or no place for another lookup", null);
        }
        FutureTask<T> answer = new FutureTask<>(question);
        try {
            lookups.execute(() -> runAndRelease(answer));
            return answer.get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            places.release();
            throw new PodLookupException("Shutting down", e);
        } catch (TimeoutException e) {
            throw new PodLookupException("No answer within " + within.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw new PodLookupException("The API server could not be asked", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PodLookupException("Interrupted", e);
        } finally {
            answer.cancel(true);
        }
    }

    /** A task that was given up before it began runs all the same, to no effect, and so gives its place back. */
    private void runAndRelease(FutureTask<?> answer) {
        try {
            answer.run();
        } finally {
            places.release();
        }
    }

    private PodFacts facts(Pod pod) {
        Set<PodTrait> traits = new HashSet<>();
        for (OwnerReference owner : orEmpty(pod.getMetadata().getOwnerReferences())) {
            if ("DaemonSet".equals(owner.getKind()) && Boolean.TRUE.equals(owner.getController())) {
                traits.add(new PodTrait.DaemonSetPod());
            }
        }
        if (pod.getMetadata().getAnnotations() != null
                && pod.getMetadata().getAnnotations().containsKey(PodTrait.MirrorPod.ANNOTATION)) {
            traits.add(new PodTrait.MirrorPod());
        }
        List<String> claims = orEmpty(pod.getSpec().getVolumes()).stream()
                .map(volume -> volume.getPersistentVolumeClaim())
                .filter(Objects::nonNull)
                .map(claim -> claim.getClaimName())
                .toList();
        traits.addAll(pinned(pod.getMetadata().getNamespace(), claims));
        return new PodFacts(
                pod.getMetadata().getUid(),
                Objects.requireNonNullElse(pod.getSpec().getPriority(), 0),
                traits);
    }

    private Set<PodTrait.PinnedToNode> pinned(String namespace, Collection<String> claims) {
        return claims.stream()
                .map(claim -> pinnedNode(namespace, claim))
                .flatMap(Optional::stream)
                .map(PodTrait.PinnedToNode::new)
                .collect(Collectors.toUnmodifiableSet());
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
