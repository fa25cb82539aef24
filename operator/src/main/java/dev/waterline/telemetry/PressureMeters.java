package dev.waterline.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** How hot nodes are and what is frozen. A node's or a waterline's series go when it is forgotten. */
public final class PressureMeters {
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(60)
    };

    private record NodeOfWaterline(String waterline, String node) {}

    private final GaugeSet<NodeOfWaterline> utilisation;
    private final GaugeSet<String> floor;
    private final GaugeSet<String> frozen;
    private final GaugeSet<String> starved;
    private final GaugeSet<String> freezeThreshold;
    private final GaugeSet<String> thawThreshold;
    private final GaugeSet<String> unmatched;
    private final CounterSet<String> freezes;
    private final CounterSet<String> thaws;
    private final Timer acknowledgement;
    private final Timer crossingToFreeze;
    private final GaugeSet<String> pendingPods;
    private final GaugeSet<String> heldBack;
    private final GaugeSet<String> overridden;
    private final Timer evaluationLag;
    private final Timer frozenFor;

    public PressureMeters(MeterRegistry registry) {
        utilisation = new GaugeSet<>(
                registry, "waterline.node.utilisation", "Smoothed utilisation of a node by signal, 0 to 1.", "ratio");
        floor = new GaugeSet<>(
                registry, "waterline.node.floor", "Lowest priority that may land on a node; absent if any may.", null);
        frozen = new GaugeSet<>(
                registry, "waterline.nodes.frozen", "Nodes on which a tier is frozen, by waterline and tier.", null);
        starved = new GaugeSet<>(
                registry,
                "waterline.tier.starved",
                "1 while a tier has had no thawed node for longer than maxFrozenPerPod, else 0.",
                null);
        freezeThreshold = new GaugeSet<>(
                registry,
                "waterline.freeze.threshold",
                "Utilisation at which a tier freezes, as now in effect, 0 to 1.",
                "ratio");
        thawThreshold = new GaugeSet<>(
                registry,
                "waterline.thaw.threshold",
                "Utilisation below which a tier may thaw, as now in effect, 0 to 1.",
                "ratio");
        unmatched = new GaugeSet<>(
                registry,
                "waterline.unmatched.series",
                "Series of a signal's last answer that name no node of the cluster.",
                null);
        freezes = new CounterSet<>(registry, "waterline.freezes", "Freezes of a tier on a node.");
        thaws = new CounterSet<>(registry, "waterline.thaws", "Thaws of a tier on a node.");
        acknowledgement = timer(
                registry,
                "waterline.freeze.acknowledgement",
                "Time from the decision to freeze until the guard was seen to deny.");
        crossingToFreeze = timer(
                registry,
                "waterline.freeze.crossing",
                "Time from the first sample at or above the waterline until the freeze was acknowledged.");
        pendingPods = new GaugeSet<>(
                registry,
                "waterline.pending.pods",
                "Pods that find no node while a waterline keeps their tier away from some, by waterline and tier.",
                null);
        heldBack = new GaugeSet<>(
                registry,
                "waterline.pod.events.held.back",
                "Waiting pods that have not been told why yet, because their events are limited by the minute.",
                null);
        overridden = new GaugeSet<>(
                registry,
                "waterline.nodes.overridden",
                "Nodes for which a person's override is in force, by kind: freeze or thaw.",
                null);
        evaluationLag = timer(
                registry,
                "waterline.evaluation.lag",
                "How much later than planned an evaluation of a waterline began.");
        frozenFor = Timer.builder("waterline.freeze.held")
                .description("How long freezes of a tier on a node lasted.")
                .serviceLevelObjectives(
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(30),
                        Duration.ofHours(1),
                        Duration.ofHours(3),
                        Duration.ofHours(12))
                .register(registry);
    }

    /** A node's smoothed utilisation, 0…1; a value that is not finite removes the series. */
    public void utilisation(String waterline, String node, String signal, double ratio) {
        NodeOfWaterline owner = new NodeOfWaterline(waterline, node);
        Tags tags = Tags.of("waterline", waterline, "node", node, "signal", signal);
        if (Double.isFinite(ratio)) {
            utilisation.set(owner, tags, ratio);
        } else {
            utilisation.clear(owner, tags);
        }
    }

    /** A node got a floor, a priority of at least 0. */
    public void floor(String node, int priority) {
        floor.set(node, Tags.of("node", node), priority);
    }

    /** A node has no floor any more. */
    public void noFloor(String node) {
        floor.forget(node);
    }

    /** How many nodes of a waterline have this tier frozen. */
    public void frozen(String waterline, String tier, int nodes) {
        frozen.set(waterline, Tags.of("waterline", waterline, "tier", tier), nodes);
    }

    /** The thresholds of a tier now in effect, 0…1. */
    public void thresholds(String waterline, String tier, String signal, double freezeAbove, double thawBelow) {
        Tags tags = Tags.of("waterline", waterline, "tier", tier, "signal", signal);
        freezeThreshold.set(waterline, tags, freezeAbove);
        thawThreshold.set(waterline, tags, thawBelow);
    }

    /** A tier has no threshold of this signal any more, for example because a window is over. */
    public void noThresholds(String waterline, String tier, String signal) {
        Tags tags = Tags.of("waterline", waterline, "tier", tier, "signal", signal);
        freezeThreshold.clear(waterline, tags);
        thawThreshold.clear(waterline, tags);
    }

    /** How many series of a signal's last answer name no node. */
    public void unmatchedSeries(String waterline, String signal, int series) {
        unmatched.set(waterline, Tags.of("waterline", waterline, "signal", signal), series);
    }

    /** A tier froze on a node. */
    public void froze(String waterline, String tier) {
        freezes.increment(waterline, Tags.of("waterline", waterline, "tier", tier));
    }

    /** A tier thawed on a node after it had been frozen for so long. */
    public void thawed(String waterline, String tier, Duration wasFrozenFor) {
        thaws.increment(waterline, Tags.of("waterline", waterline, "tier", tier));
        frozenFor.record(wasFrozenFor);
    }

    /** The guard was seen to deny, so long after the decision and so long after the waterline was first crossed. */
    public void acknowledged(Duration afterDecision, Duration afterCrossing) {
        acknowledgement.record(afterDecision);
        crossingToFreeze.record(afterCrossing);
    }

    /** Whether a tier has been frozen on every node for too long. */
    public void starved(String waterline, String tier, boolean is) {
        starved.set(waterline, Tags.of("waterline", waterline, "tier", tier), is ? 1 : 0);
    }

    /** A node left a waterline's pool. */
    public void forgetNode(String waterline, String node) {
        utilisation.forget(new NodeOfWaterline(waterline, node));
    }

    /** The waterline has other tiers or signals than before. */
    public void forgetLadder(String waterline) {
        frozen.forget(waterline);
        starved.forget(waterline);
        freezeThreshold.forget(waterline);
        thawThreshold.forget(waterline);
        unmatched.forget(waterline);
        forgetPendingPods(waterline);
    }

    /** So many nodes have an override of this kind in force. */
    public void overridden(String kind, int nodes) {
        overridden.set(kind, Tags.of("kind", kind), nodes);
    }

    /** So many pods of a tier find no node while a waterline keeps them away from some. */
    public void pendingPods(String waterline, String tier, int pods) {
        pendingPods.set(waterline, Tags.of("waterline", waterline, "tier", tier), pods);
    }

    /** Nobody counts the pods of this waterline any more. */
    public void forgetPendingPods(String waterline) {
        pendingPods.forget(waterline);
    }

    /** So many waiting pods have not been told why yet, because the minute had no room for more events. */
    public void podNoticesHeldBack(int pods) {
        heldBack.set("", Tags.empty(), pods);
    }

    /** An evaluation began so much later than planned. */
    public void lagged(Duration lag) {
        evaluationLag.record(lag);
    }

    /** The waterline is gone. Its nodes are forgotten one by one. */
    public void forgetWaterline(String waterline) {
        forgetLadder(waterline);
        freezes.forget(waterline);
        thaws.forget(waterline);
    }

    private static Timer timer(MeterRegistry registry, String name, String description) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }
}
