package dev.waterline.reconciler;

import dev.waterline.api.v1alpha1.ScaledWorkload;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What is remembered of each workload, by UID. Without a finalizer nobody says that one is gone; now and then it is looked for. */
final class ScalingRuns {
    private static final Duration SWEEP = Duration.ofMinutes(1);

    private final Map<String, ScalingRun> byUid = new ConcurrentHashMap<>();
    private final AtomicReference<Instant> swept = new AtomicReference<>(Instant.MIN);
    private final Consumer<ScalingRun> gone;

    /** @param gone is told of each workload that is no more, unless another has taken its name */
    ScalingRuns(Consumer<ScalingRun> gone) {
        this.gone = gone;
    }

    ScalingRun of(ScaledWorkload resource) {
        return byUid.computeIfAbsent(resource.getMetadata().getUid(), _ -> new ScalingRun(resource));
    }

    /** @param existing UIDs of all workloads; asked at most once a minute */
    void sweep(Supplier<Set<String>> existing, Instant now) {
        var last = swept.get();
        if (last.isAfter(now.minus(SWEEP)) || !swept.compareAndSet(last, now)) {
            return;
        }
        var uids = existing.get();
        byUid.forEach((uid, run) -> {
            if (!uids.contains(uid) && byUid.remove(uid, run) && !isTaken(run)) {
                gone.accept(run);
            }
        });
    }

    private boolean isTaken(ScalingRun run) {
        return byUid.values().stream()
                .anyMatch(other -> other.namespace().equals(run.namespace())
                        && other.name().equals(run.name()));
    }
}
