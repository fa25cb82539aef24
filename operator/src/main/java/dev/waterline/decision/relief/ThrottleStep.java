package dev.waterline.decision.relief;

import dev.waterline.decision.relief.PodFacts.NoNote;
import dev.waterline.decision.relief.PodFacts.ReadableNote;
import dev.waterline.decision.relief.PodFacts.UnreadableNote;
import dev.waterline.decision.relief.ThrottleNote.Lowered;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Brings one pod to the CPU limits it should have, a write at a time, from nothing but what the pod itself shows.
 *
 * <p>The note goes first and leaves last, since the resize subresource cannot write it together with the limits. So every state
 * that a crash can leave is one of these, for each container of the note:
 *
 * <ul>
 *   <li>limit as before: not lowered yet, or restored already;
 *   <li>limit as announced: lowered by us;
 *   <li>any third value: somebody else, such as a VerticalPodAutoscaler, has set it. It stays, the others are restored, the note
 *       goes. Contention is told, not fought.
 * </ul>
 *
 * <p>A limit is lowered only if it exists, is above the request and can change without a restart; and only to one millicore
 * above the request, since with all limits equal to their requests a pod would be Guaranteed, and the QoS class may not change.
 * A throttled pod is never throttled further: its note says where it came from.
 */
public final class ThrottleStep {
    /** The kernel's CFS quota knows no less: 1 ms in a period of 100 ms. */
    private static final long LEAST_MILLIS = 10;

    private ThrottleStep() {}

    /** @param want empty: the pod is to have its own limits */
    public static ThrottleAction next(PodFacts pod, Optional<ThrottleWant> want, Instant now) {
        if (pod.terminating()) {
            return new ThrottleAction.Nothing();
        }
        return switch (pod.note()) {
            case NoNote _ ->
                want.flatMap(wanted -> announcement(pod, wanted, now))
                        .<ThrottleAction>map(ThrottleAction.Announce::new)
                        .orElseGet(ThrottleAction.Nothing::new);
            case UnreadableNote _ -> new ThrottleAction.Discard();
            case ReadableNote(ThrottleNote note) -> next(pod, note, want);
        };
    }

    private static ThrottleAction next(PodFacts pod, ThrottleNote note, Optional<ThrottleWant> want) {
        var own = new TreeMap<String, String>();
        var lowered = new TreeMap<String, String>();
        var foreign = new TreeSet<String>();
        note.containers().forEach((name, was) -> {
            long present = limitMillis(pod, name);
            if (present == was.original().millis()) {
                own.put(name, was.target().text());
            } else if (present == was.target().millis()) {
                lowered.put(name, was.original().text());
            } else {
                foreign.add(name);
            }
        });
        boolean wanted = foreign.isEmpty()
                && !pod.finished()
                && want.filter(w -> w.waterline().equals(note.waterline()) && w.percent() == note.percent())
                        .isPresent();
        if (wanted) {
            return own.isEmpty() ? new ThrottleAction.Nothing() : new ThrottleAction.Lower(note, own);
        }
        return lowered.isEmpty() ? new ThrottleAction.Forget(note, foreign) : new ThrottleAction.Restore(note, lowered);
    }

    private static long limitMillis(PodFacts pod, String container) {
        return pod.containers().stream()
                .filter(c -> c.name().equals(container))
                .flatMap(c -> c.limit().stream())
                .mapToLong(CpuLimit::millis)
                .findFirst()
                .orElse(-1);
    }

    private static Optional<ThrottleNote> announcement(PodFacts pod, ThrottleWant want, Instant now) {
        if (!pod.burstable() || pod.finished() || pod.mirror() || pod.podLevelResources()) {
            return Optional.empty();
        }
        var containers = new TreeMap<String, Lowered>();
        for (var container : pod.containers()) {
            lowered(container, want.percent()).ifPresent(change -> containers.put(container.name(), change));
        }
        return containers.isEmpty()
                ? Optional.empty()
                : Optional.of(new ThrottleNote(
                        pod.uid(), want.waterline(), want.tier(), want.percent(), now, Map.copyOf(containers)));
    }

    private static Optional<Lowered> lowered(ContainerCpu container, int percent) {
        return container.limit().filter(_ -> !container.restartsOnResize()).flatMap(limit -> {
            long share = Math.ceilDiv(limit.millis() * percent, 100);
            long target = Math.max(Math.max(share, container.requestMillis() + 1), LEAST_MILLIS);
            return target < limit.millis()
                    ? Optional.of(new Lowered(limit, CpuLimit.ofMillis(target)))
                    : Optional.empty();
        });
    }
}
