package dev.waterline.demo;

import dev.waterline.load.Repeating;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Tells of nodes that freeze and thaw, those of the same moment in one line. */
final class NodeTeller implements AutoCloseable {
    private static final Duration TOGETHER = Duration.ofMillis(500);
    private static final int NAMED = 6;

    private final Narrator narrator;
    private final Map<String, List<String>> pending = new TreeMap<>();
    private final Repeating teller = Repeating.every(TOGETHER, "nodes", this::flush);

    NodeTeller(Narrator narrator) {
        this.narrator = narrator;
    }

    /** @param floor empty: thawed */
    synchronized void changed(String node, Optional<String> floor) {
        var what = floor.map(value -> "frozen: only priority " + value + " and above may land there")
                .orElse("thawed");
        pending.computeIfAbsent(what, _ -> new ArrayList<>()).add(node);
    }

    synchronized void flush() {
        pending.forEach((what, nodes) -> narrator.tell(names(nodes) + " " + what));
        pending.clear();
    }

    private static String names(List<String> nodes) {
        return nodes.size() <= NAMED
                ? String.join(", ", nodes)
                : String.join(", ", nodes.subList(0, NAMED)) + " and " + (nodes.size() - NAMED) + " more";
    }

    @Override
    public void close() {
        teller.close();
        flush();
    }
}
