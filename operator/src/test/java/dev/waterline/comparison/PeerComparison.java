package dev.waterline.comparison;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Plays the day to every machine and puts what came of it into a table in Markdown. */
final class PeerComparison {
    private static final long SEED = 1;
    private static final Duration HALF_LIFE = Duration.ofSeconds(20);
    private static final Duration FREEZE_AFTER = Duration.ofSeconds(10);
    private static final double METERED = 0.05;
    private static final List<String> COLUMNS = List.of(
            "state machine",
            "flips a node and day",
            "frozen, % of time",
            "hot and not frozen, % of hot time",
            "frozen and not hot, % of time");

    private PeerComparison() {}

    static String table() {
        var day = LoadDay.ofSeed(SEED);
        var table = new StringBuilder("| " + String.join(" | ", COLUMNS) + " |\n|---|---|---|---|---|\n");
        peers().forEach((name, machine) -> table.append(row(name, day, score(day, machine))));
        var engine = EngineRun.score(day, 1, HALF_LIFE, FREEZE_AFTER);
        table.append(row("**this engine**, thaws not metered", day, engine));
        table.append(row("**this engine**, defaults", day, EngineRun.score(day, METERED, HALF_LIFE, FREEZE_AFTER)));
        table.append(row(
                "**this engine**, halfLife 0s, freezeAfter 0s",
                day,
                EngineRun.score(day, METERED, Duration.ZERO, Duration.ZERO)));
        return table.append("\nThe seed is %d; the nodes are hot for %s %% of the day.\n"
                        .formatted(SEED, decimal(engine.hotPercent())))
                .toString();
    }

    private static Map<String, Supplier<Machine>> peers() {
        var peers = new LinkedHashMap<String, Supplier<Machine>>();
        peers.put("none: frozen while at or above 82 %", () -> ratio -> ratio >= LoadDay.HOT);
        peers.put("Crane as coded, 82 %, 2/2, cool-down 300 s", CraneAsCoded::new);
        peers.put("Crane as documented", CraneAsDocumented::new);
        peers.put("Volcano agent, 80 %/30 %", VolcanoAgent::new);
        peers.put("Koordinator LoadAware, 65 % (default)", () -> new KoordinatorLoadAware(65));
        peers.put("Koordinator LoadAware, 82 %", () -> new KoordinatorLoadAware(82));
        peers.put("kubelet-style, 82 %, transition 5 min", KubeletStyle::new);
        peers.put("Katalyst-style ring, 82 %, 8 of 10", KatalystStyle::new);
        return peers;
    }

    private static Score score(LoadDay day, Supplier<Machine> machines) {
        var score = new Score();
        for (int node = 0; node < day.nodes(); node++) {
            var ratios = day.node(node);
            var machine = machines.get();
            var frozen = new boolean[ratios.length];
            for (int i = 0; i < ratios.length; i++) {
                frozen[i] = machine.next(ratios[i]);
            }
            score.add(ratios, frozen);
        }
        return score;
    }

    private static String row(String name, LoadDay day, Score score) {
        return "| %s | %s | %s | %s | %s |%n"
                .formatted(
                        name,
                        decimal(score.flipsPerNodeDay(day)),
                        decimal(score.frozenPercent()),
                        decimal(score.hotNotFrozenPercent()),
                        decimal(score.frozenNotHotPercent()));
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
