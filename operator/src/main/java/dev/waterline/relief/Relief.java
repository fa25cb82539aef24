package dev.waterline.relief;

import dev.waterline.decision.relief.PodFacts;
import dev.waterline.decision.relief.PodFacts.ReadableNote;
import dev.waterline.decision.relief.ThrottleNote;
import dev.waterline.relief.ReliefWish.Act;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the cluster's pods what all waterlines together want of relief. Level-triggered: each pass compares what is wanted with
 * what the pods show. A pass follows each wish that asks for something, and, as the janitor, every 30 s: what was throttled for a
 * waterline that no longer exists is restored then.
 */
public final class Relief implements AutoCloseable {
    private static final Duration JANITOR_PERIOD = Duration.ofSeconds(30);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final Duration PASS_DEADLINE = Duration.ofSeconds(60);
    private static final int AT_ONCE = 8;
    private static final Logger log = LoggerFactory.getLogger(Relief.class);

    private final ReliefPods pods;
    private final ThrottlePass throttle;
    private final EvictionPass evict;
    private final ReliefListener listener;

    private final Map<String, ReliefWish> wishes = new TreeMap<>();
    private final Set<String> awaited = new HashSet<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private boolean wakeUp = true;
    private boolean closed;

    private final ExecutorService requests = Executors.newFixedThreadPool(
            AT_ONCE, Thread.ofVirtual().name("relief-", 0).factory());
    private final Thread worker;

    /**
     * @param spared pods that get no relief, for a reason of the installation's
     * @param evictionsPerMinute at most so many in the whole cluster in any minute
     */
    public Relief(
            ReliefPods pods,
            PodUsage usage,
            ReliefListener listener,
            Predicate<PodFacts> spared,
            int evictionsPerMinute,
            InstantSource clock) {
        this.pods = pods;
        this.listener = listener;
        this.throttle = new ThrottlePass(pods, listener, spared, clock);
        this.evict = new EvictionPass(pods, usage, listener, spared, evictionsPerMinute, this::latest, clock);
        this.worker = Thread.ofPlatform().name("relief").unstarted(this::run);
    }

    /** Leaves what these have throttled as it is until each has spoken. */
    public void await(Collection<String> waterlines) {
        lock.lock();
        try {
            waterlines.stream().filter(uid -> !wishes.containsKey(uid)).forEach(awaited::add);
        } finally {
            lock.unlock();
        }
    }

    public void start() {
        begin();
        worker.start();
    }

    /** This process leads from now on. */
    void begin() {
        evict.begin();
    }

    /** Replaces what this waterline wants. */
    public void submit(String waterline, ReliefWish wish) {
        lock.lock();
        try {
            boolean first = awaited.remove(waterline);
            var before = wishes.put(waterline, wish);
            if (first || !wish.equals(before)) {
                wake();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The waterline is gone: whatever was throttled for it is restored. */
    public void withdraw(String waterline) {
        lock.lock();
        try {
            boolean wasAwaited = awaited.remove(waterline);
            if (wishes.remove(waterline) != null || wasAwaited) {
                wake();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether a pod is still throttled for this waterline. */
    public boolean holds(String waterline) {
        return pods.noted().stream()
                .anyMatch(pod -> pod.note() instanceof ReadableNote(ThrottleNote note)
                        && note.waterline().equals(waterline));
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            woken.signal();
        } finally {
            lock.unlock();
        }
        requests.shutdownNow();
        try {
            worker.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void wake() {
        wakeUp = true;
        woken.signal();
    }

    private Optional<Act> latest(String waterline) {
        lock.lock();
        try {
            return wishes.get(waterline) instanceof Act act ? Optional.of(act) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        var pause = JANITOR_PERIOD;
        while (waitUpTo(pause)) {
            pause = RETRY_AFTER;
            try {
                pause = pass() ? JANITOR_PERIOD : RETRY_AFTER;
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                log.warn("Relief failed and is tried again in {} ms", RETRY_AFTER.toMillis(), e);
            }
        }
    }

    /** @return false once closed */
    private boolean waitUpTo(Duration pause) {
        lock.lock();
        try {
            long nanos = pause.toNanos();
            while (!wakeUp && !closed && nanos > 0) {
                nanos = woken.awaitNanos(nanos);
            }
            wakeUp = false;
            return !closed;
        } catch (InterruptedException e) {
            return false;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Compares once, and does what differs.
     *
     * @return whether no request failed
     */
    boolean pass() throws InterruptedException {
        Map<String, ReliefWish> spoken;
        Set<String> silent;
        lock.lock();
        try {
            spoken = new TreeMap<>(wishes);
            silent = Set.copyOf(awaited);
        } finally {
            lock.unlock();
        }
        boolean done = atOnce(throttle.work(spoken, silent));
        evict.run(spoken);
        listener.throttled(throttle.counts());
        return done;
    }

    private boolean atOnce(List<Runnable> work) throws InterruptedException {
        if (work.isEmpty()) {
            return true;
        }
        var calls = work.stream().map(Relief::guarded).toList();
        return requests.invokeAll(calls, PASS_DEADLINE.toMillis(), TimeUnit.MILLISECONDS).stream()
                .allMatch(call -> call.state() == Future.State.SUCCESS && call.resultNow());
    }

    /** One pod's failure is its own: the next pass finds what is left to do. */
    private static Callable<Boolean> guarded(Runnable request) {
        return () -> {
            try {
                request.run();
                return true;
            } catch (RuntimeException e) {
                log.warn("A pod's limits could not be changed; tried again soon", e);
                return false;
            }
        };
    }
}
