package dev.waterline.testbed.metricsapi;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The usage of nodes and pods, set by a test while it is asked for; thread-safe. */
public final class PlayedUsage {
    private final Map<String, NodeUsage> nodes = new ConcurrentHashMap<>();
    private final Map<PodName, PodUsage> pods = new ConcurrentHashMap<>();

    PlayedUsage() {}

    /** A node uses so much from now on, measured whenever somebody asks. */
    public void node(String name, Usage usage) {
        node(name, usage, Duration.ZERO);
    }

    /** @param age how old the measurement is whenever somebody asks; negative: from the future */
    public void node(String name, Usage usage, Duration age) {
        nodes.put(name, new NodeUsage(name, usage, age));
    }

    /** A pod's containers use so much from now on. */
    public void pod(String namespace, String name, Map<String, Usage> containers) {
        pod(namespace, name, containers, Duration.ZERO);
    }

    /** @param age how old the measurement is whenever somebody asks */
    public void pod(String namespace, String name, Map<String, Usage> containers, Duration age) {
        var pod = new PodName(namespace, name);
        pods.put(pod, new PodUsage(pod, containers, age));
    }

    /** Nothing is known of the node any more. */
    public void forgetNode(String name) {
        nodes.remove(name);
    }

    /** Nothing is known of the pod any more. */
    public void forgetPod(String namespace, String name) {
        pods.remove(new PodName(namespace, name));
    }

    /** Forgets everything, for the next scenario. */
    public void clear() {
        nodes.clear();
        pods.clear();
    }

    List<NodeUsage> nodes() {
        return new ArrayList<>(nodes.values());
    }

    Optional<NodeUsage> node(String name) {
        return Optional.ofNullable(nodes.get(name));
    }

    List<PodUsage> pods() {
        return new ArrayList<>(pods.values());
    }

    /** A pod's name in full. */
    record PodName(String namespace, String name) {}

    /** What a node uses, and how old that is. */
    record NodeUsage(String name, Usage usage, Duration age) {}

    /** What a pod's containers use, and how old that is. */
    record PodUsage(PodName pod, Map<String, Usage> containers, Duration age) {
        PodUsage {
            containers = Map.copyOf(containers);
        }
    }
}
