package dev.waterline.e2e;

import dev.waterline.decision.relief.PodFacts;
import dev.waterline.decision.relief.PriorityRange;
import dev.waterline.decision.relief.ThrottleNote;
import dev.waterline.relief.ReliefPods;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** The real pods, seen by a process that dies at its nth write: before it is sent, or after it was done. */
final class DyingPods implements ReliefPods {
    /** The process is gone, as it were. */
    static final class Died extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private final ReliefPods pods;
    private final boolean afterTheWrite;
    private int left;

    /** @param nth 0 for the first write */
    DyingPods(ReliefPods pods, int nth, boolean afterTheWrite) {
        this.pods = pods;
        this.left = nth;
        this.afterTheWrite = afterTheWrite;
    }

    private Written write(Supplier<Written> request) {
        boolean dies = left == 0;
        left--;
        if (dies && !afterTheWrite) {
            throw new Died();
        }
        var written = request.get();
        if (dies) {
            throw new Died();
        }
        return written;
    }

    @Override
    public Written note(PodFacts pod, Optional<ThrottleNote> note) {
        return write(() -> pods.note(pod, note));
    }

    @Override
    public Written resize(PodFacts pod, Map<String, String> limits) {
        return write(() -> pods.resize(pod, limits));
    }

    @Override
    public Written evict(PodFacts pod) {
        return write(() -> pods.evict(pod));
    }

    @Override
    public Collection<Cached> noted() {
        return pods.noted();
    }

    @Override
    public Map<String, List<Cached>> bound(Collection<String> nodes, PriorityRange priorities) {
        return pods.bound(nodes, priorities);
    }

    @Override
    public List<PodFacts> live(String node) {
        return pods.live(node);
    }

    @Override
    public Optional<PodFacts> live(String namespace, String name) {
        return pods.live(namespace, name);
    }

    @Override
    public OptionalLong cpuMillis(String node) {
        return pods.cpuMillis(node);
    }

    @Override
    public OptionalInt floor(String node) {
        return pods.floor(node);
    }
}
