package dev.waterline.decision.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntBinaryOperator;
import java.util.function.Predicate;

/**
 * What was recommended lately, before any limit. Two questions are asked of it: the greatest and the least since some moment.
 * For any such moment a staircase answers as the whole list does: of the greatest, those that no later one reaches; of the
 * least, those that no later one undercuts. So an hour of polls, one a second, is a handful of numbers while the load is
 * steady, and a poll costs what has changed.
 *
 * @param greatest by time, the numbers falling
 * @param least by time, the numbers rising
 */
public record Recommendations(List<Recommendation> greatest, List<Recommendation> least) {
    /** Nothing has been recommended yet. */
    public static final Recommendations NONE = new Recommendations(List.of(), List.of());

    /** @param replicas at least 0 */
    public record Recommendation(Instant at, int replicas) {}

    public Recommendations {
        greatest = List.copyOf(greatest);
        least = List.copyOf(least);
    }

    boolean isEmpty() {
        return greatest.isEmpty();
    }

    /** @param longest recommendations that are older are of no use any more */
    Recommendations with(int replicas, Instant now, Duration longest) {
        var cutoff = now.minus(longest);
        var next = new Recommendation(now, replicas);
        return new Recommendations(
                staircase(greatest, next, cutoff, step -> step.replicas() > replicas),
                staircase(least, next, cutoff, step -> step.replicas() < replicas));
    }

    /** The greatest of {@code replicas} and whatever was recommended at times that count. */
    int greatest(int replicas, Predicate<Instant> counts) {
        return first(greatest, replicas, counts, Math::max);
    }

    /** The least of {@code replicas} and whatever was recommended at times that count. */
    int least(int replicas, Predicate<Instant> counts) {
        return first(least, replicas, counts, Math::min);
    }

    private static int first(
            List<Recommendation> steps, int replicas, Predicate<Instant> counts, IntBinaryOperator choose) {
        for (var step : steps) {
            if (counts.test(step.at())) {
                return choose.applyAsInt(step.replicas(), replicas);
            }
        }
        return replicas;
    }

    private static List<Recommendation> staircase(
            List<Recommendation> steps, Recommendation next, Instant cutoff, Predicate<Recommendation> stands) {
        var kept = new ArrayList<Recommendation>(steps.size() + 1);
        for (var step : steps) {
            if (!step.at().isBefore(cutoff) && stands.test(step)) {
                kept.add(step);
            }
        }
        kept.add(next);
        return kept;
    }
}
