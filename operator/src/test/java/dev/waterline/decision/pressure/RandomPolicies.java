package dev.waterline.decision.pressure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Ladders, signals and timings that nobody would think of. */
final class RandomPolicies {
    private static final List<Duration> HALF_LIVES =
            List.of(Duration.ZERO, Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(60));
    private static final List<String> TIER_NAMES = List.of("ant", "bee", "cat", "dog", "eel", "fox");

    private RandomPolicies() {}

    static PressurePolicy next(Random random) {
        var signals = new ArrayList<Signal>();
        signals.add(new Signal("cpu", HALF_LIVES.get(random.nextInt(4)), 1.5));
        if (random.nextBoolean()) {
            signals.add(new Signal("memory", HALF_LIVES.get(random.nextInt(4)), 1.5));
        }
        return new PressurePolicy(
                signals,
                new Ladder(tiers(random, signals)),
                new Timing(
                        seconds(random, 30),
                        seconds(random, 120),
                        seconds(random, 300),
                        0.9 + random.nextDouble(0.4),
                        Duration.ofSeconds(15)),
                new Outage(seconds(random, 300), random.nextBoolean()),
                Policies.UNMETERED,
                false);
    }

    /** The same with a panic level that no reading reaches. */
    static PressurePolicy withoutPanic(PressurePolicy policy) {
        var timing = policy.timing();
        return Policies.with(
                policy, new Timing(timing.freezeAfter(), timing.thawAfter(), timing.minHold(), 100, timing.maxGap()));
    }

    private static List<Tier> tiers(Random random, List<Signal> signals) {
        var names = new ArrayList<>(TIER_NAMES);
        Collections.shuffle(names, random);
        var tiers = new ArrayList<Tier>();
        int minimum = 0;
        for (var name : names.subList(0, 1 + random.nextInt(4))) {
            var waterlines = new ArrayList<Waterline>();
            for (var signal : signals) {
                if (random.nextInt(10) < 7) {
                    double freezeAbove = 0.3 + random.nextDouble(0.65);
                    double band = 0.02 + random.nextDouble(0.23);
                    waterlines.add(new Waterline(signal.name(), freezeAbove, freezeAbove - band));
                }
            }
            tiers.add(new Tier(name, minimum, waterlines));
            minimum += 1 + random.nextInt(5000);
        }
        return tiers;
    }

    private static Duration seconds(Random random, int most) {
        return Duration.ofSeconds(random.nextInt(most + 1));
    }
}
