package dev.waterline.relief;

import dev.waterline.decision.relief.PodFacts;
import dev.waterline.decision.relief.ThrottleAction;
import dev.waterline.decision.relief.ThrottleNote;
import dev.waterline.decision.relief.ThrottleStep;
import dev.waterline.decision.relief.ThrottleWant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/**
 * Brings a pod to the CPU limits that it should have, write by write. It remembers nothing: whoever goes on after a crash goes on
 * from what the pod shows.
 */
public final class Throttling {
    /** Two to lower, two to restore, and some that somebody else's edits spoil. */
    private static final int WRITES_AT_MOST = 8;

    private final ReliefPods pods;
    private final InstantSource clock;

    public Throttling(ReliefPods pods, InstantSource clock) {
        this.pods = pods;
        this.clock = clock;
    }

    /** What has come of it. */
    public sealed interface Outcome {}

    /** The pod is as it should be. */
    public record Settled(PodFacts pod) implements Outcome {}

    /** Its limits have just been lowered. */
    public record Lowered(PodFacts pod, ThrottleNote note) implements Outcome {}

    /**
     * The note has just been removed: the limits are its own again.
     *
     * @param foreign containers whose limit is somebody else's
     */
    public record Released(PodFacts pod, ThrottleNote note, Set<String> foreign) implements Outcome {}

    /** A note that says nothing about this pod has just been removed. */
    public record Discarded(PodFacts pod) implements Outcome {}

    /**
     * The API server refused.
     *
     * @param restoring whether the limits were to be given back
     */
    public record NotAllowed(PodFacts pod, boolean restoring, String answer) implements Outcome {}

    /** There is no such pod any more. */
    public record NoSuchPod() implements Outcome {}

    /** It changes too often; try again later. */
    public record Unsettled(PodFacts pod) implements Outcome {}

    /**
     * @param pod as just read
     * @param want empty: the pod is to have its own limits
     */
    public Outcome bring(PodFacts pod, Optional<ThrottleWant> want) {
        var present = pod;
        Optional<Outcome> last = Optional.empty();
        for (int writes = 0; writes < WRITES_AT_MOST; writes++) {
            var action = ThrottleStep.next(present, want, clock.instant());
            if (action instanceof ThrottleAction.Nothing) {
                return last.orElse(new Settled(present));
            }
            switch (write(present, action)) {
                case ReliefPods.Done(PodFacts after) -> {
                    present = after;
                    last = outcome(after, action);
                    if (action instanceof ThrottleAction.Forget(ThrottleNote note, Set<String> foreign)
                            && !foreign.isEmpty()) {
                        // Whoever has set the limit would see it lowered at once, and set it again.
                        return new Released(after, note, foreign);
                    }
                }
                case ReliefPods.Changed _ -> {
                    var read = pods.live(present.namespace(), present.name());
                    if (read.isEmpty() || !read.get().uid().equals(present.uid())) {
                        return new NoSuchPod();
                    }
                    present = read.get();
                }
                case ReliefPods.Gone _ -> {
                    return new NoSuchPod();
                }
                case ReliefPods.Refused(String answer) -> {
                    return refused(present, action, answer);
                }
                case ReliefPods.Blocked(String answer) -> {
                    return refused(present, action, answer);
                }
            }
        }
        return new Unsettled(present);
    }

    private ReliefPods.Written write(PodFacts pod, ThrottleAction action) {
        return switch (action) {
            case ThrottleAction.Nothing _ -> new ReliefPods.Done(pod);
            case ThrottleAction.Announce(ThrottleNote note) -> pods.note(pod, Optional.of(note));
            case ThrottleAction.Lower(ThrottleNote _, var limits) -> pods.resize(pod, limits);
            case ThrottleAction.Restore(ThrottleNote _, var limits) -> pods.resize(pod, limits);
            case ThrottleAction.Forget _, ThrottleAction.Discard _ -> pods.note(pod, Optional.empty());
        };
    }

    private static Optional<Outcome> outcome(PodFacts pod, ThrottleAction action) {
        return switch (action) {
            case ThrottleAction.Lower(ThrottleNote note, var _) -> Optional.of(new Lowered(pod, note));
            case ThrottleAction.Forget(ThrottleNote note, Set<String> foreign) ->
                Optional.of(new Released(pod, note, foreign));
            case ThrottleAction.Discard _ -> Optional.of(new Discarded(pod));
            case ThrottleAction.Nothing _, ThrottleAction.Announce _, ThrottleAction.Restore _ -> Optional.empty();
        };
    }

    /** Limits that could not be lowered leave a note that says nothing, so it goes again. */
    private Outcome refused(PodFacts pod, ThrottleAction action, String answer) {
        boolean restoring = action instanceof ThrottleAction.Restore;
        if (action instanceof ThrottleAction.Lower) {
            var _ = pods.note(pod, Optional.empty());
        }
        return new NotAllowed(pod, restoring, answer);
    }
}
