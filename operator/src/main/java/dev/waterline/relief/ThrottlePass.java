package dev.waterline.relief;

import dev.waterline.decision.relief.Observation;
import dev.waterline.decision.relief.PodFacts;
import dev.waterline.decision.relief.PodFacts.NoNote;
import dev.waterline.decision.relief.PodFacts.ReadableNote;
import dev.waterline.decision.relief.PriorityRange;
import dev.waterline.decision.relief.ReliefDecision;
import dev.waterline.decision.relief.ReliefDecision.Subject;
import dev.waterline.decision.relief.ThrottleAction;
import dev.waterline.decision.relief.ThrottleAsk;
import dev.waterline.decision.relief.ThrottleNote;
import dev.waterline.decision.relief.ThrottleStep;
import dev.waterline.decision.relief.ThrottleWant;
import dev.waterline.relief.ReliefPods.Cached;
import dev.waterline.relief.ReliefWish.Act;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares which pods are throttled with which should be. What it remembers only spares requests: which pods it has looked at, and
 * which would not be throttled.
 */
final class ThrottlePass {
    /** A pod whose limits the API server would not change is tried again after this. */
    static final Duration TRY_AGAIN_AFTER = Duration.ofMinutes(10);

    private static final Logger log = LoggerFactory.getLogger(ThrottlePass.class);

    private final ReliefPods pods;
    private final Throttling throttling;
    private final ReliefListener listener;
    private final Predicate<PodFacts> spared;
    private final InstantSource clock;

    /** Throttled pods as they were when they last were as they should be, by UID. */
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();

    /** Pods that carry no note and need no look, by UID. */
    private final Map<String, Tried> tried = new ConcurrentHashMap<>();

    private record Seen(String resourceVersion, Optional<ThrottleWant> want) {}

    private record Tried(ThrottleWant want, boolean enforced, Instant again) {}

    /** What a waterline asks for one pod. */
    private record Asked(ThrottleWant want, boolean enforced, Optional<Observation> hot) {}

    /** @param spared pods that are not throttled, for a reason of the installation's */
    ThrottlePass(ReliefPods pods, ReliefListener listener, Predicate<PodFacts> spared, InstantSource clock) {
        this.pods = pods;
        this.throttling = new Throttling(pods, clock);
        this.listener = listener;
        this.spared = spared;
        this.clock = clock;
    }

    /**
     * @param wishes by UID of the waterline
     * @param awaited UIDs of waterlines that have not spoken yet: what they have throttled stays so
     * @return the requests that this calls for, which concern a pod or a node each and may be made at the same time
     */
    List<Runnable> work(Map<String, ReliefWish> wishes, Set<String> awaited) {
        var work = new ArrayList<Runnable>();
        var noted = pods.noted();
        for (var pod : noted) {
            if (!isHeld(pod, wishes, awaited)) {
                var asked = asked(pod, wishes);
                var now = new Seen(pod.resourceVersion(), asked.map(Asked::want));
                if (!now.equals(seen.get(pod.uid()))) {
                    work.add(() -> revisit(pod, asked));
                }
            }
        }
        var known = new HashSet<String>();
        noted.forEach(pod -> known.add(pod.uid()));
        seen.keySet().retainAll(known);
        wishes.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> {
            if (entry.getValue() instanceof Act act) {
                work.addAll(begin(entry.getKey(), act, known));
            }
        });
        tried.keySet().retainAll(known);
        return work;
    }

    /** How many pods are throttled, by UID of the waterline and tier name. */
    Map<String, Map<String, Integer>> counts() {
        var counts = new TreeMap<String, Map<String, Integer>>();
        for (var pod : pods.noted()) {
            if (pod.note() instanceof ReadableNote(ThrottleNote note)) {
                counts.computeIfAbsent(note.waterline(), _ -> new TreeMap<>()).merge(note.tier(), 1, Integer::sum);
            }
        }
        return counts;
    }

    private static boolean isHeld(Cached pod, Map<String, ReliefWish> wishes, Set<String> awaited) {
        return pod.note() instanceof ReadableNote(ThrottleNote note)
                && (awaited.contains(note.waterline()) || wishes.get(note.waterline()) instanceof ReliefWish.Hold);
    }

    private static Optional<Asked> asked(Cached pod, Map<String, ReliefWish> wishes) {
        if (!(pod.note() instanceof ReadableNote(ThrottleNote note))
                || !(wishes.get(note.waterline()) instanceof Act act)
                || !act.enforced()) {
            return Optional.empty();
        }
        return act.throttle().stream()
                .filter(ask -> ask.node().equals(pod.node()) && ask.pods().contains(pod.priority()))
                .findFirst()
                .map(ask -> asked(note.waterline(), act, ask));
    }

    private static Asked asked(String waterline, Act act, ThrottleAsk ask) {
        return new Asked(new ThrottleWant(waterline, ask.tier(), ask.percent()), act.enforced(), ask.hot());
    }

    /** @param known UIDs of pods that are spoken for; those of this waterline are added */
    private List<Runnable> begin(String waterline, Act act, Set<String> known) {
        var now = clock.instant();
        var askedByPod = new HashMap<String, Asked>();
        var nodes = new HashMap<String, Set<String>>();
        var asks = new HashMap<PriorityRange, Map<String, ThrottleAsk>>();
        for (var ask : act.throttle()) {
            asks.computeIfAbsent(ask.pods(), _ -> new HashMap<>()).put(ask.node(), ask);
        }
        asks.forEach((range, byNode) -> pods.bound(byNode.keySet(), range).forEach((node, bound) -> {
            var ask = byNode.get(node);
            for (var pod : bound) {
                if (ask != null && known.add(pod.uid())) {
                    var asked = asked(waterline, act, ask);
                    boolean begins = asked.hot()
                            .filter(hot -> !now.isAfter(hot.sampledAt().plus(act.freshFor())))
                            .isPresent();
                    if (begins && pod.note() instanceof NoNote && !wasTried(pod.uid(), asked, now)) {
                        askedByPod.put(pod.uid(), asked);
                        nodes.computeIfAbsent(node, _ -> new HashSet<>()).add(pod.uid());
                    }
                }
            }
        }));
        var work = new ArrayList<Runnable>();
        nodes.forEach((node, uids) -> work.add(() -> pods.live(node).stream()
                .filter(pod -> uids.contains(pod.uid()))
                .forEach(pod -> begin(pod, Objects.requireNonNull(askedByPod.get(pod.uid()))))));
        return work;
    }

    private boolean wasTried(String uid, Asked asked, Instant now) {
        var before = tried.get(uid);
        return before != null
                && before.want().equals(asked.want())
                && before.enforced() == asked.enforced()
                && now.isBefore(before.again());
    }

    /** One pod's failure is its own: the next pass tries it again. */
    private void begin(PodFacts pod, Asked asked) {
        try {
            remember(pod, asked, Instant.MAX);
            throttle(pod, asked);
        } catch (RuntimeException e) {
            tried.remove(pod.uid());
            log.warn("Could not throttle pod {}; tried again soon", pod.fullName(), e);
        }
    }

    private void throttle(PodFacts pod, Asked asked) {
        if (spared.test(pod) || !(pod.note() instanceof NoNote)) {
            return;
        }
        if (asked.enforced()) {
            tell(throttling.bring(pod, Optional.of(asked.want())), asked.want().waterline(), Optional.of(asked));
        } else if (ThrottleStep.next(pod, Optional.of(asked.want()), clock.instant())
                instanceof ThrottleAction.Announce(ThrottleNote note)) {
            listener.decided(asked.want().waterline(), throttled(pod, note, asked.hot()), false);
        }
    }

    private void revisit(Cached cached, Optional<Asked> asked) {
        var live = pods.live(cached.namespace(), cached.name());
        if (live.isEmpty() || !live.get().uid().equals(cached.uid())) {
            return;
        }
        var waterline = cached.note() instanceof ReadableNote(ThrottleNote note) ? note.waterline() : "";
        tell(throttling.bring(live.get(), asked.map(Asked::want)), waterline, asked);
    }

    private void tell(Throttling.Outcome outcome, String waterline, Optional<Asked> asked) {
        switch (outcome) {
            case Throttling.Settled(PodFacts pod) ->
                seen.put(pod.uid(), new Seen(pod.resourceVersion(), asked.map(Asked::want)));
            case Throttling.Lowered(PodFacts pod, ThrottleNote note) -> {
                seen.put(pod.uid(), new Seen(pod.resourceVersion(), asked.map(Asked::want)));
                listener.decided(waterline, throttled(pod, note, asked.flatMap(Asked::hot)), true);
            }
            case Throttling.Released(PodFacts pod, ThrottleNote note, Set<String> foreign) -> {
                asked.ifPresent(a -> remember(pod, a, Instant.MAX));
                var subject = Subject.of(pod, note.tier());
                listener.decided(
                        waterline,
                        foreign.isEmpty()
                                ? new ReliefDecision.Restored(subject, note.containers())
                                : new ReliefDecision.LeftAlone(subject, foreign),
                        true);
            }
            case Throttling.Discarded(PodFacts pod) ->
                listener.decided(waterline, new ReliefDecision.NoteDiscarded(Subject.of(pod, "unknown")), true);
            case Throttling.NotAllowed(PodFacts pod, boolean restoring, String answer) -> {
                asked.ifPresent(a -> remember(pod, a, clock.instant().plus(TRY_AGAIN_AFTER)));
                var tier = asked.map(a -> a.want().tier()).orElse("unknown");
                listener.decided(
                        waterline,
                        restoring
                                ? new ReliefDecision.RestoreRefused(Subject.of(pod, tier), answer)
                                : new ReliefDecision.ThrottleRefused(Subject.of(pod, tier), answer),
                        true);
            }
            case Throttling.Unsettled(PodFacts pod) -> tried.remove(pod.uid());
            case Throttling.NoSuchPod _ -> {}
        }
    }

    private void remember(PodFacts pod, Asked asked, Instant again) {
        tried.put(pod.uid(), new Tried(asked.want(), asked.enforced(), again));
    }

    private static ReliefDecision throttled(PodFacts pod, ThrottleNote note, Optional<Observation> hot) {
        return new ReliefDecision.Throttled(Subject.of(pod, note.tier()), hot, note.percent(), note.containers());
    }
}
