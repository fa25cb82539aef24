package dev.waterline.reconciler;

import dev.waterline.api.v1alpha1.PriorityWaterline;
import dev.waterline.cluster.EventRecorder;
import dev.waterline.decision.record.Change;
import dev.waterline.decision.record.DecisionIds;
import dev.waterline.decision.record.DecisionRecord;
import dev.waterline.decision.record.DecisionSentence;
import dev.waterline.decision.relief.EvictionRound.Reason;
import dev.waterline.decision.relief.ReliefDecision;
import dev.waterline.relief.ReliefListener;
import dev.waterline.telemetry.DecisionLog;
import dev.waterline.telemetry.ReliefMeters;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells people and metrics what relief did, in the same words everywhere. */
public final class ReliefTelling implements ReliefListener {
    private static final String ACTION = "Relieve";
    private static final int DECISIONS_KEPT = 1_000;
    private static final Logger log = LoggerFactory.getLogger(ReliefTelling.class);

    private final EventRecorder events;
    private final ReliefMeters meters;
    private final DecisionLog decisions;
    private final DecisionIds ids;
    private final InstantSource clock;

    /** By UID of the waterline. */
    private final Map<String, Told> told = new ConcurrentHashMap<>();

    /** What is known of one waterline; its monitor guards it. */
    private static final class Told {
        private PriorityWaterline resource;
        private final List<DecisionRecord> decisions = new ArrayList<>();
        private Optional<String> usageProblem = Optional.empty();
        private boolean suspended;
        private int throttled;

        Told(PriorityWaterline resource) {
            this.resource = resource;
        }
    }

    public ReliefTelling(
            EventRecorder events, ReliefMeters meters, DecisionLog decisions, DecisionIds ids, InstantSource clock) {
        this.events = events;
        this.meters = meters;
        this.decisions = decisions;
        this.ids = ids;
        this.clock = clock;
    }

    /** Who is meant by a waterline's UID. */
    void introduce(PriorityWaterline resource) {
        told.compute(resource.getMetadata().getUid(), (_, known) -> {
            if (known == null) {
                return new Told(resource);
            }
            synchronized (known) {
                known.resource = resource;
            }
            return known;
        });
    }

    void forget(String uid) {
        var gone = told.remove(uid);
        if (gone != null) {
            synchronized (gone) {
                meters.forget(gone.resource.getMetadata().getName());
            }
        }
    }

    @Override
    public void decided(String waterline, ReliefDecision decision, boolean enforced) {
        var subject = decision.subject();
        var known = Optional.ofNullable(told.get(waterline));
        var name = known.map(ReliefTelling::name).orElse("that is gone");
        var at = clock.instant();
        var decided = new DecisionRecord(
                ids.next(at, known.isPresent() ? name : subject.node()),
                at,
                known.map(waterlineKnown -> policy(waterlineKnown, enforced)),
                new Change.Relieved(decision, 0));
        decisions.append(List.of(decided));
        var sentence = DecisionSentence.of(decided);
        log.info("{}: {}", name, sentence);
        var note = "PriorityWaterline " + name + ": " + sentence;
        var reason = decided.change().action().label() + (enforced ? "" : "DryRun");
        events.node(subject.node(), reason, ACTION, note);
        events.pod(subject.namespace(), subject.pod(), subject.podUid(), reason, ACTION, note);
        known.ifPresent(waterlineKnown -> {
            keep(waterlineKnown, decided);
            if (enforced) {
                count(name, subject.tier(), decision);
            }
        });
    }

    private static DecisionRecord.Policy policy(Told known, boolean enforced) {
        synchronized (known) {
            var metadata = known.resource.getMetadata();
            return new DecisionRecord.Policy(metadata.getName(), metadata.getGeneration(), enforced);
        }
    }

    private static void keep(Told known, DecisionRecord decided) {
        synchronized (known) {
            if (known.decisions.size() < DECISIONS_KEPT) {
                known.decisions.add(decided);
            }
        }
    }

    @Override
    public void evictions(String waterline, Map<String, Reason> stopped, Optional<String> usageProblem) {
        var known = told.get(waterline);
        if (known != null) {
            long suspended =
                    stopped.values().stream().filter(Reason.SUSPENDED::equals).count();
            synchronized (known) {
                if (suspended > 0 && !known.suspended) {
                    events.warning(
                            known.resource,
                            "EvictionSuspended",
                            ACTION,
                            "So many nodes are frozen that nothing is evicted, though %d of them ask for it; throttling goes on"
                                    .formatted(suspended));
                }
                known.suspended = suspended > 0;
                usageProblem
                        .filter(problem -> !known.usageProblem.equals(Optional.of(problem)))
                        .ifPresent(problem -> events.warning(
                                known.resource, "UsageUnavailable", ACTION, "Nothing is evicted: " + problem));
                known.usageProblem = usageProblem;
            }
        }
    }

    @Override
    public void throttled(Map<String, Map<String, Integer>> pods) {
        told.forEach((uid, known) -> {
            var byTier = pods.getOrDefault(uid, Map.of());
            synchronized (known) {
                known.throttled =
                        byTier.values().stream().mapToInt(Integer::intValue).sum();
                known.resource.getSpec().tiers().stream()
                        .filter(tier -> tier.relief() != null || byTier.containsKey(tier.name()))
                        .forEach(tier ->
                                meters.throttledPods(name(known), tier.name(), byTier.getOrDefault(tier.name(), 0)));
            }
        });
    }

    /** Why pod usage is not known, though evictions are asked for. */
    Optional<String> usageProblem(String uid) {
        return Optional.ofNullable(told.get(uid)).flatMap(known -> {
            synchronized (known) {
                return known.usageProblem;
            }
        });
    }

    /** How many pods were throttled at the last look. */
    int throttledPods(String uid) {
        return Optional.ofNullable(told.get(uid))
                .map(known -> {
                    synchronized (known) {
                        return known.throttled;
                    }
                })
                .orElse(0);
    }

    /** What was decided since the last call, newest first; the same done to several pods of a node is one entry. */
    List<DecisionRecord> newDecisions(String uid) {
        var known = told.get(uid);
        if (known == null) {
            return List.of();
        }
        var folded = new LinkedHashMap<List<Object>, List<DecisionRecord>>();
        synchronized (known) {
            known.decisions.forEach(decision -> folded.computeIfAbsent(
                            List.of(
                                    decision.change().node(),
                                    decision.change().action(),
                                    decision.change().tier()),
                            _ -> new ArrayList<>())
                    .add(decision));
            known.decisions.clear();
        }
        return folded.values().stream().map(ReliefTelling::folded).toList().reversed();
    }

    private static DecisionRecord folded(List<DecisionRecord> same) {
        var last = same.getLast();
        return last.change() instanceof Change.Relieved(ReliefDecision decision, int _)
                ? new DecisionRecord(
                        last.id(), last.at(), last.policy(), new Change.Relieved(decision, same.size() - 1))
                : last;
    }

    private void count(String waterline, String tier, ReliefDecision decision) {
        switch (decision) {
            case ReliefDecision.Throttled _ -> meters.throttled(waterline, tier);
            case ReliefDecision.Evicted _ -> meters.eviction(waterline, tier, "evicted");
            case ReliefDecision.EvictionRefused refused ->
                meters.eviction(waterline, tier, refused.byBudget() ? "blocked" : "refused");
            case ReliefDecision.Restored _,
                    ReliefDecision.LeftAlone _,
                    ReliefDecision.ThrottleRefused _,
                    ReliefDecision.RestoreRefused _,
                    ReliefDecision.NoteDiscarded _ -> {}
        }
    }

    private static String name(Told known) {
        return known.resource.getMetadata().getName();
    }
}
