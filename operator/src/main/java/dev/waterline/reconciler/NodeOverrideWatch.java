package dev.waterline.reconciler;

import dev.waterline.arbiter.Arbiter;
import dev.waterline.cluster.FreezeAnnotation;
import dev.waterline.cluster.NodeIndex;
import dev.waterline.cluster.NodeSummary;
import dev.waterline.decision.override.NodeOverride;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries people's orders from the annotations of nodes to the arbiter. Level-triggered: each look compares all annotations with
 * what is in force, so an end that comes, a PriorityClass that appears and an annotation that goes are all the same to it. It looks
 * at once when an annotation changes, and each second for the sake of ends.
 */
public final class NodeOverrideWatch implements AutoCloseable {
    private static final long LOOK_EVERY_MILLIS = 1_000;
    private static final Logger log = LoggerFactory.getLogger(NodeOverrideWatch.class);

    private final NodeIndex nodes;
    private final Function<String, OptionalInt> classes;
    private final LastingObstacles obstacles;
    private final Arbiter arbiter;
    private final Runnable onChange;
    private final NodeOverrideTelling telling;
    private final InstantSource clock;
    private final ScheduledThreadPoolExecutor looks = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("overrides").factory(), new ThreadPoolExecutor.DiscardPolicy());
    private volatile NodeOverrides last = NodeOverrides.NONE;

    /** @param onChange is called when the arbiter has something new */
    public NodeOverrideWatch(PriorityWaterlineParts parts, Runnable onChange) {
        this.nodes = parts.nodes();
        this.classes = parts.priorityClasses()::value;
        this.obstacles = new LastingObstacles(parts.tolerations()::obstacle);
        this.arbiter = parts.arbiter();
        this.onChange = onChange;
        this.telling = new NodeOverrideTelling(parts.events(), parts.meters(), parts.decisions(), parts.ids());
        this.clock = parts.clock();
    }

    /** Takes what is ordered already before it returns, so that nothing is thawed or left frozen for want of it. */
    public void start() {
        var now = clock.instant();
        var first = read(now);
        arbiter.override(first.inForce());
        first.since(last).begun().forEach((node, override) -> {
            if (isMarked(node, override)) {
                telling.goesOn(node, override, now);
            } else {
                telling.begun(node, override, now);
            }
        });
        first.ignored().forEach((node, sentences) -> sentences.forEach(sentence -> telling.ignored(node, sentence)));
        telling.inForce(first.inForce().values());
        last = first;
        nodes.onChange(this::changed);
        var _ = looks.scheduleWithFixedDelay(this::look, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }

    private NodeOverrides read(Instant now) {
        return NodeOverrides.of(nodes.all(), classes, obstacles.of(arbiter.overrideFloors(), now), now);
    }

    private void changed(NodeSummary node) {
        if (!node.overrides().equals(last.texts().getOrDefault(node.name(), NodeSummary.Overrides.NONE))) {
            looks.execute(this::look);
        }
    }

    private void look() {
        try {
            var now = clock.instant();
            var current = read(now);
            var changes = current.since(last);
            last = current;
            if (arbiter.override(current.inForce())) {
                onChange.run();
                telling.inForce(current.inForce().values());
            }
            changes.begun().forEach((node, override) -> telling.begun(node, override, now));
            changes.ended().forEach((node, override) -> telling.ended(node, override, now));
            changes.ignored()
                    .forEach((node, sentences) -> sentences.forEach(sentence -> telling.ignored(node, sentence)));
        } catch (RuntimeException e) {
            // An exception would end the schedule; the next look finds the same state and tries again.
            log.warn("Could not look at the overrides of nodes; tried again in {} ms", LOOK_EVERY_MILLIS, e);
        }
    }

    /** Whether the node carries the mark of this very order, so that it was told when it began. */
    private boolean isMarked(String name, NodeOverride override) {
        return override instanceof NodeOverride.Freeze freeze
                && nodes.get(name)
                        .flatMap(node ->
                                node.mark().annotation().flatMap(text -> FreezeAnnotation.parse(text, node.uid())))
                        .flatMap(annotation -> Optional.ofNullable(annotation.override()))
                        .filter(new FreezeAnnotation.Forced(
                                freeze.floor(), freeze.until().toString())::equals)
                        .isPresent();
    }
}
