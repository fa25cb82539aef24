package dev.waterline.relief;

import dev.waterline.decision.relief.Candidate;
import dev.waterline.decision.relief.EvictAsk;
import dev.waterline.decision.relief.EvictionLedger;
import dev.waterline.decision.relief.EvictionRound;
import dev.waterline.decision.relief.EvictionRound.Reason;
import dev.waterline.decision.relief.PodFacts;
import dev.waterline.decision.relief.ReliefDecision;
import dev.waterline.decision.relief.ReliefDecision.Subject;
import dev.waterline.relief.PodUsage.Known;
import dev.waterline.relief.ReliefWish.Act;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Evicts what is asked for and the budgets allow, one pod after another. */
final class EvictionPass {
    private static final Logger log = LoggerFactory.getLogger(EvictionPass.class);

    private final ReliefPods pods;
    private final PodUsage usage;
    private final ReliefListener listener;
    private final Predicate<PodFacts> spared;
    private final int perClusterPerMinute;
    private final InstantSource clock;
    private final Function<String, Optional<Act>> latest;
    private final Books real = new Books();
    private final Books rehearsed = new Books();

    /** The ledger in force; only the one thread of the passes turns its pages. */
    private static final class Books {
        private EvictionLedger ledger = EvictionLedger.begun(Instant.EPOCH);
    }

    /**
     * @param spared pods that are not evicted, for a reason of the installation's
     * @param latest what a waterline wants at this very moment, by UID: a pass may take a while, and a thaw stops it
     */
    EvictionPass(
            ReliefPods pods,
            PodUsage usage,
            ReliefListener listener,
            Predicate<PodFacts> spared,
            int perClusterPerMinute,
            Function<String, Optional<Act>> latest,
            InstantSource clock) {
        this.pods = pods;
        this.usage = usage;
        this.listener = listener;
        this.spared = spared;
        this.perClusterPerMinute = perClusterPerMinute;
        this.latest = latest;
        this.clock = clock;
    }

    /** This process begins to lead, and does not know what was evicted just before. */
    void begin() {
        real.ledger = EvictionLedger.begun(clock.instant());
        rehearsed.ledger = EvictionLedger.begun(clock.instant());
    }

    /** @param wishes by UID of the waterline */
    void run(Map<String, ReliefWish> wishes) {
        PodUsage.@Nullable Answer answer = null;
        for (var entry : wishes.entrySet()) {
            if (!(entry.getValue() instanceof Act act)) {
                continue;
            }
            var stopped = new TreeMap<String, Reason>();
            var open = open(act, stopped);
            Optional<String> problem = Optional.empty();
            if (!open.isEmpty()) {
                answer = answer == null ? usage.read() : answer;
                switch (answer) {
                    case Known known ->
                        open.forEach((node, asks) ->
                                evict(entry.getKey(), node, act, known).ifPresent(reason -> stopped.put(node, reason)));
                    case PodUsage.Unavailable(String detail) -> problem = Optional.of(detail);
                }
            }
            listener.evictions(entry.getKey(), stopped, problem);
        }
    }

    /** The nodes where something may be evicted now, as far as that can be told without a request. */
    private Map<String, List<EvictAsk>> open(Act act, Map<String, Reason> stopped) {
        var open = new TreeMap<String, List<EvictAsk>>();
        var books = books(act);
        for (var ask : act.evict()) {
            if (ask.suspended()) {
                stopped.put(ask.node(), Reason.SUSPENDED);
            } else if (act.enforced() && !isInForce(ask)) {
                stopped.put(ask.node(), Reason.NOT_IN_FORCE);
            } else if (books.ledger.isSettling(ask.node(), ask.lag(), clock.instant())) {
                stopped.put(ask.node(), Reason.SETTLING);
            } else {
                open.computeIfAbsent(ask.node(), _ -> new ArrayList<>()).add(ask);
            }
        }
        return open;
    }

    private boolean isInForce(EvictAsk ask) {
        return pods.floor(ask.node()).orElse(-1) >= ask.pods().below();
    }

    private Books books(Act act) {
        return act.enforced() ? real : rehearsed;
    }

    private Optional<Reason> evict(String waterline, String node, Act before, Known known) {
        var now = latest.apply(waterline).filter(act -> act.enforced() == before.enforced());
        var asks = now.stream()
                .flatMap(act -> act.evict().stream().filter(ask -> ask.node().equals(node) && isFresh(ask, act)))
                .toList();
        if (asks.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(evict(waterline, asks, before, known));
        } catch (RuntimeException e) {
            log.warn("Could not evict from node {}; tried again soon", node, e);
            return Optional.empty();
        }
    }

    private boolean isFresh(EvictAsk ask, Act act) {
        return !clock.instant().isAfter(ask.hot().sampledAt().plus(act.freshFor()));
    }

    /** A higher tier's turn comes only where a lower one has nobody left who may be evicted at all. */
    private Reason evict(String waterline, List<EvictAsk> asks, Act act, Known known) {
        var node = asks.getFirst().node();
        var cpu = pods.cpuMillis(node);
        if (cpu.isEmpty()) {
            return Reason.NO_CANDIDATE;
        }
        var live = pods.live(node);
        var reason = Reason.NO_CANDIDATE;
        for (var ask : asks) {
            if (reason == Reason.NO_CANDIDATE) {
                var round = EvictionRound.of(ask, cpu.getAsLong(), live, pod -> known.of(pod.fullName()), spared::test);
                reason = run(waterline, round, act);
            }
        }
        return reason;
    }

    private Reason run(String waterline, EvictionRound begun, Act act) {
        var books = books(act);
        var round = begun;
        while (true) {
            switch (round.next(books.ledger, perClusterPerMinute, clock.instant())) {
                case EvictionRound.Stop(Reason reason) -> {
                    return reason;
                }
                case EvictionRound.Evict(Candidate candidate, long gap) ->
                    round = evict(waterline, round, candidate, gap, act, books);
            }
        }
    }

    private EvictionRound evict(
            String waterline, EvictionRound round, Candidate candidate, long gap, Act act, Books books) {
        var pod = candidate.pod();
        var ask = round.ask();
        var subject = Subject.of(pod, ask.tier());
        var written = act.enforced() ? pods.evict(pod) : new ReliefPods.Done(pod);
        return switch (written) {
            case ReliefPods.Done _ -> {
                books.ledger = books.ledger.evicted(ask.node(), candidate.workload(), clock.instant());
                listener.decided(
                        waterline,
                        new ReliefDecision.Evicted(
                                subject, ask.hot(), candidate.usageMillis(), pod.requestMillis(), gap),
                        act.enforced());
                yield round.evicted(candidate);
            }
            case ReliefPods.Gone _, ReliefPods.Changed _ -> round.without(pod);
            case ReliefPods.Blocked(String answer) ->
                refused(waterline, round, candidate, new Refusal(true, answer), books);
            case ReliefPods.Refused(String answer) ->
                refused(waterline, round, candidate, new Refusal(false, answer), books);
        };
    }

    private record Refusal(boolean byBudget, String answer) {}

    private EvictionRound refused(
            String waterline, EvictionRound round, Candidate candidate, Refusal refusal, Books books) {
        books.ledger = books.ledger.refused(candidate.workload(), clock.instant());
        listener.decided(
                waterline,
                new ReliefDecision.EvictionRefused(
                        Subject.of(candidate.pod(), round.ask().tier()),
                        round.ask().hot(),
                        refusal.byBudget(),
                        refusal.answer()),
                true);
        // Its workload rests now. It stays a candidate all the same: a higher tier must not pay for a lower one's
        // budget.
        return round;
    }
}
