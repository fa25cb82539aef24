package dev.waterline.relief;

import dev.waterline.decision.relief.ContainerCpu;
import dev.waterline.decision.relief.CpuLimit;
import dev.waterline.decision.relief.PodFacts;
import dev.waterline.decision.relief.PodFacts.NoNote;
import dev.waterline.decision.relief.PodFacts.Note;
import dev.waterline.decision.relief.PodFacts.Owner;
import dev.waterline.decision.relief.PodFacts.ReadableNote;
import dev.waterline.decision.relief.PriorityRange;
import dev.waterline.decision.relief.ThrottleNote;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Pods in memory, with resource versions, a write log, and the wish to die at any write. */
final class FakePods implements ReliefPods {
    /** The process is gone, as it were. */
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private final Map<String, PodFacts> pods = new TreeMap<>();
    private final Map<String, Written> refusals = new HashMap<>();
    private final Map<String, Integer> floors = new HashMap<>();
    private final List<String> writes = new ArrayList<>();
    private int version;
    private int untilKilled = -1;
    private boolean afterTheWrite;

    void put(String name, String node, int priority, long request, long limit) {
        put(new PodFacts(
                "shop",
                name,
                "uid-" + name,
                nextVersion(),
                node,
                priority,
                Optional.of(new Owner("ReplicaSet", "rs-" + name, "rs-" + name)),
                false,
                false,
                false,
                true,
                false,
                List.of(new ContainerCpu("main", request, Optional.of(limit(limit)), false)),
                new NoNote()));
        floors.putIfAbsent(node, 1000);
    }

    synchronized void put(PodFacts pod) {
        pods.put(pod.name(), pod);
    }

    synchronized void clear() {
        pods.clear();
    }

    synchronized PodFacts pod(String name) {
        return Objects.requireNonNull(pods.get(name));
    }

    synchronized boolean exists(String name) {
        return pods.containsKey(name);
    }

    /** Whoever owns the pod sets another limit. */
    synchronized void ownerSets(String name, long millis) {
        var pod = pod(name);
        put(with(pod, pod.note(), Map.of("main", limit(millis))));
    }

    synchronized void setNote(String name, Note note) {
        put(with(pod(name), note, Map.of()));
    }

    void floor(String node, int floor) {
        floors.put(node, floor);
    }

    /** From now on a pod's writes of this kind, {@code note}, {@code resize} or {@code evict}, come to that. */
    void answer(String kind, String pod, Written answer) {
        refusals.put(kind + " " + pod, answer);
    }

    /** Dies at the nth write from now, 0 being the next, before it is sent or after it was done. */
    void killAt(int nth, boolean after) {
        untilKilled = nth;
        afterTheWrite = after;
    }

    boolean wasKilled() {
        return untilKilled == -2;
    }

    void liveAgain() {
        untilKilled = -1;
    }

    List<String> writes() {
        return List.copyOf(writes);
    }

    @Override
    public synchronized Collection<Cached> noted() {
        return pods.values().stream()
                .filter(pod -> !(pod.note() instanceof NoNote))
                .map(FakePods::cached)
                .toList();
    }

    @Override
    public synchronized Map<String, List<Cached>> bound(Collection<String> nodes, PriorityRange priorities) {
        return pods.values().stream()
                .filter(pod -> nodes.contains(pod.node()) && priorities.contains(pod.priority()))
                .map(FakePods::cached)
                .collect(Collectors.groupingBy(Cached::node));
    }

    @Override
    public synchronized List<PodFacts> live(String node) {
        return pods.values().stream().filter(pod -> pod.node().equals(node)).toList();
    }

    @Override
    public synchronized Optional<PodFacts> live(String namespace, String name) {
        return Optional.ofNullable(pods.get(name));
    }

    @Override
    public OptionalLong cpuMillis(String node) {
        return OptionalLong.of(10_000);
    }

    @Override
    public OptionalInt floor(String node) {
        return floors.containsKey(node) ? OptionalInt.of(floors.get(node)) : OptionalInt.empty();
    }

    @Override
    public Written note(PodFacts pod, Optional<ThrottleNote> note) {
        return write(
                "note", pod, now -> with(now, note.<Note>map(ReadableNote::new).orElseGet(NoNote::new), Map.of()));
    }

    @Override
    public Written resize(PodFacts pod, Map<String, String> limits) {
        var set = new HashMap<String, CpuLimit>();
        limits.forEach((name, text) -> set.put(name, new CpuLimit(text, millis(text))));
        return write("resize", pod, now -> with(now, now.note(), set));
    }

    @Override
    public synchronized Written evict(PodFacts pod) {
        var answer = refusals.get("evict " + pod.name());
        writes.add("evict " + pod.name());
        if (answer != null) {
            return answer;
        }
        pods.remove(pod.name());
        return new Done(pod);
    }

    private synchronized Written write(String kind, PodFacts pod, UnaryOperator<PodFacts> change) {
        boolean dies = untilKilled == 0;
        if (untilKilled >= 0) {
            untilKilled--;
        }
        if (dies && !afterTheWrite) {
            die();
        }
        var written = apply(kind, pod, change);
        if (dies) {
            die();
        }
        return written;
    }

    private void die() {
        untilKilled = -2;
        throw new Killed();
    }

    private Written apply(String kind, PodFacts pod, UnaryOperator<PodFacts> change) {
        writes.add(kind + " " + pod.name());
        var answer = refusals.get(kind + " " + pod.name());
        if (answer != null) {
            return answer;
        }
        var now = pods.get(pod.name());
        if (now == null || !now.uid().equals(pod.uid())) {
            return new Gone();
        }
        if (!now.resourceVersion().equals(pod.resourceVersion())) {
            return new Changed();
        }
        var next = change.apply(now);
        put(next);
        return new Done(next);
    }

    private PodFacts with(PodFacts pod, Note note, Map<String, CpuLimit> limits) {
        return new PodFacts(
                pod.namespace(),
                pod.name(),
                pod.uid(),
                nextVersion(),
                pod.node(),
                pod.priority(),
                pod.owner(),
                pod.mirror(),
                pod.terminating(),
                pod.finished(),
                pod.burstable(),
                pod.podLevelResources(),
                pod.containers().stream()
                        .map(container -> new ContainerCpu(
                                container.name(),
                                container.requestMillis(),
                                Optional.ofNullable(limits.get(container.name()))
                                        .or(container::limit),
                                container.restartsOnResize()))
                        .toList(),
                note);
    }

    private String nextVersion() {
        version++;
        return Integer.toString(version);
    }

    private static Cached cached(PodFacts pod) {
        return new Cached(
                pod.namespace(), pod.name(), pod.uid(), pod.resourceVersion(), pod.node(), pod.priority(), pod.note());
    }

    private static CpuLimit limit(long millis) {
        return new CpuLimit(millis + "m", millis);
    }

    private static long millis(String text) {
        return text.endsWith("m") ? Long.parseLong(text.substring(0, text.length() - 1)) : Long.parseLong(text) * 1000;
    }
}
