package dev.waterline.load;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends pods of a namespace all the while, so that their Deployment replaces them and the scheduler binds the new ones. */
public final class Churn implements AutoCloseable {
    private static final Duration STEP = Duration.ofMillis(250);

    private static final Logger log = LoggerFactory.getLogger(Churn.class);

    private final KubernetesClient client;
    private final String namespace;
    private final double perStep;
    private final SharedIndexInformer<Pod> pods;
    private final ExecutorService deletions = Executors.newVirtualThreadPerTaskExecutor();
    private final Repeating ticker;
    private final Set<String> ended = new HashSet<>();
    private volatile boolean began;
    private double due;

    public Churn(KubernetesClient client, String namespace, int perSecond) {
        this.client = client;
        this.namespace = namespace;
        this.perStep = perSecond * (STEP.toMillis() / 1000.0);
        this.pods = client.pods().inNamespace(namespace).inform();
        this.ticker = Repeating.every(STEP, "churn-" + namespace, this::step);
    }

    /** Pods that run now. */
    public long running() {
        return runningPods().count();
    }

    /** From now on pods end. */
    public void begin() {
        began = true;
    }

    private void step() {
        if (!began) {
            return;
        }
        due += perStep;
        // The watch is behind: what was ended a moment ago may still look as if it ran.
        var candidates = new ArrayList<>(runningPods()
                .map(pod -> pod.getMetadata().getName())
                .filter(name -> !ended.contains(name))
                .toList());
        Collections.shuffle(candidates);
        int count = Math.min((int) due, candidates.size());
        due -= (int) due;
        candidates.subList(0, count).forEach(name -> {
            ended.add(name);
            var _ = deletions.submit(() -> delete(name));
        });
    }

    private void delete(String name) {
        try {
            client.pods().inNamespace(namespace).withName(name).delete();
        } catch (KubernetesClientException e) {
            // One pod more or less ends; if the API server is gone, the story has noticed already.
            log.debug("Pod {} not deleted", name, e);
        }
    }

    private Stream<Pod> runningPods() {
        return pods.getStore().list().stream().filter(Churn::runs);
    }

    private static boolean runs(Pod pod) {
        return "Running".equals(pod.getStatus().getPhase()) && pod.getMetadata().getDeletionTimestamp() == null;
    }

    @Override
    public void close() {
        ticker.close();
        deletions.shutdownNow();
        pods.close();
    }
}
