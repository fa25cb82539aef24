package dev.waterline.decision.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * HPA's windows and rates as plainly as they can be written: it remembers everything for ever and looks at all of it each time. Slow, and
 * there to be compared with.
 */
final class HpaModel {
    private record Seen(Instant at, int replicas) {}

    private final ScalingBehavior behavior;
    private final List<Seen> recommended = new ArrayList<>();
    private final List<Seen> added = new ArrayList<>();
    private final List<Seen> removed = new ArrayList<>();

    HpaModel(ScalingBehavior behavior, int present, Instant now) {
        this.behavior = behavior;
        recommended.add(new Seen(now, present));
    }

    int decide(int present, int desired, int min, int max, Instant now) {
        int least = desired;
        int greatest = desired;
        for (var seen : recommended) {
            if (seen.at().isAfter(now.minus(behavior.up().stabilizationWindow()))) {
                least = Math.min(least, seen.replicas());
            }
            if (seen.at().isAfter(now.minus(behavior.down().stabilizationWindow()))) {
                greatest = Math.max(greatest, seen.replicas());
            }
        }
        recommended.add(new Seen(now, desired));
        int stable = Math.min(greatest, Math.max(least, present));
        int to = stable;
        if (stable > present) {
            to = Math.min(stable, Math.min(max, Math.max(present, up(present, now))));
        } else if (stable < present) {
            to = Math.max(stable, Math.max(min, Math.min(present, down(present, now))));
        }
        if (to > present) {
            added.add(new Seen(now, to - present));
        } else if (to < present) {
            removed.add(new Seen(now, present - to));
        }
        return to;
    }

    private int up(int present, Instant now) {
        var proposals = behavior.up().policies().stream()
                .mapToInt(policy -> {
                    int start = start(present, policy.period(), now);
                    return policy.type() == RatePolicy.Type.PODS
                            ? start + policy.value()
                            : (int) Math.ceil(start * (1 + policy.value() / 100.0));
                })
                .sorted()
                .toArray();
        return switch (behavior.up().select()) {
            case MAX -> proposals[proposals.length - 1];
            case MIN -> proposals[0];
            case DISABLED -> present;
        };
    }

    private int down(int present, Instant now) {
        var proposals = behavior.down().policies().stream()
                .mapToInt(policy -> {
                    int start = start(present, policy.period(), now);
                    return policy.type() == RatePolicy.Type.PODS
                            ? start - policy.value()
                            : (int) (start * (1 - policy.value() / 100.0));
                })
                .sorted()
                .toArray();
        return switch (behavior.down().select()) {
            case MAX -> proposals[0];
            case MIN -> proposals[proposals.length - 1];
            case DISABLED -> present;
        };
    }

    private int start(int present, Duration period, Instant now) {
        return present - sum(added, period, now) + sum(removed, period, now);
    }

    private static int sum(List<Seen> events, Duration period, Instant now) {
        return events.stream()
                .filter(event -> event.at().isAfter(now.minus(period)))
                .mapToInt(Seen::replicas)
                .sum();
    }
}
