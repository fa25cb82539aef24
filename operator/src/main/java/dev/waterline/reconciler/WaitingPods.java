package dev.waterline.reconciler;

import dev.waterline.arbiter.Arbiter;
import dev.waterline.arbiter.Enforcer;
import dev.waterline.cluster.EventRecorder;
import dev.waterline.cluster.PodIndex;
import dev.waterline.cluster.PodSummary;
import dev.waterline.telemetry.PressureMeters;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says to pods that find no node which nodes a freeze keeps them away from: the scheduler's own events do not name the taint. One
 * pass over the pods of the cache every five seconds; events within the budget of {@link PodNotices}.
 */
public final class WaitingPods implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(5);

    /** A freeze often makes the scheduler try another node; who lands there has nothing to ask. */
    private static final Duration WAITED = Duration.ofSeconds(10);

    private static final Logger log = LoggerFactory.getLogger(WaitingPods.class);

    private final PodIndex pods;
    private final WaterlineRuns runs;
    private final Arbiter arbiter;
    private final Enforcer enforcer;
    private final EventRecorder events;
    private final PressureMeters meters;
    private final InstantSource clock;
    private final PodNotices notices = new PodNotices();
    private Set<String> measured = Set.of();
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("waiting-pods").factory());

    public WaitingPods(PriorityWaterlineParts parts, PodIndex pods) {
        this.pods = pods;
        this.runs = parts.runs();
        this.arbiter = parts.arbiter();
        this.enforcer = parts.enforcer();
        this.events = parts.events();
        this.meters = parts.meters();
        this.clock = parts.clock();
    }

    public void start() {
        var _ = looks.scheduleWithFixedDelay(this::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }

    private void look() {
        try {
            var now = clock.instant();
            var pools = runs.pools();
            var frozen = new FrozenPools(pools, enforcer.inForce(), arbiter.verdicts());
            var waiting = new ArrayList<PodNotices.Waiting>();
            var counts = new HashMap<FrozenPools.Pool, Map<String, Integer>>();
            if (frozen.highestFloor().isPresent()) {
                int highest = frozen.highestFloor().getAsInt();
                pods.all().stream()
                        .filter(pod -> pod.priority() < highest && isWaiting(pod, now))
                        .forEach(pod -> take(pod, frozen, waiting, counts));
            }
            measure(pools.values(), counts);
            var due = notices.due(waiting, now);
            due.now()
                    .forEach(one -> events.pod(
                            one.pod(),
                            "NodesFrozen",
                            "Schedule",
                            FrozenPools.sentence(
                                    one.pod().priority(),
                                    frozen.obstacles(one.pod().priority()))));
            meters.podNoticesHeldBack(due.heldBack());
        } catch (RuntimeException e) {
            // An exception would end the schedule; the next look finds the same state and tries again.
            log.warn("Could not look at the pods that wait; tried again in {} s", EVERY.toSeconds(), e);
        }
    }

    private void measure(Collection<FrozenPools.Pool> pools, Map<FrozenPools.Pool, Map<String, Integer>> counts) {
        var names = pools.stream().map(FrozenPools.Pool::name).collect(Collectors.toSet());
        measured.stream().filter(name -> !names.contains(name)).forEach(meters::forgetPendingPods);
        measured = names;
        pools.forEach(pool -> pool.ladder()
                .tiers()
                .forEach(tier -> meters.pendingPods(
                        pool.name(),
                        tier.name(),
                        counts.getOrDefault(pool, Map.of()).getOrDefault(tier.name(), 0))));
    }

    private static boolean isWaiting(PodSummary pod, Instant now) {
        return !pod.isBound()
                && !pod.finished()
                && pod.unschedulableSince()
                        .filter(since -> Duration.between(since, now).compareTo(WAITED) >= 0)
                        .isPresent();
    }

    private static void take(
            PodSummary pod,
            FrozenPools frozen,
            List<PodNotices.Waiting> waiting,
            Map<FrozenPools.Pool, Map<String, Integer>> counts) {
        var obstacles = frozen.obstacles(pod.priority());
        if (obstacles.isEmpty()) {
            return;
        }
        waiting.add(new PodNotices.Waiting(
                pod, obstacles.stream().map(FrozenPools.Obstacle::name).collect(Collectors.joining(","))));
        obstacles.forEach(obstacle -> obstacle.pool()
                .ifPresent(pool -> counts.computeIfAbsent(pool, _ -> new HashMap<>())
                        .merge(pool.tierOf(pod.priority()), 1, Integer::sum)));
    }
}
