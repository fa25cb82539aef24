package dev.waterline.arbiter;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A cluster in memory: its guard, its nodes, and a journal of what was done to them in which order. */
final class FakeCluster implements BindGuard, NodeMarks, EnforcementListener {
    final List<String> journal = new CopyOnWriteArrayList<>();
    final Map<String, Mark> marks = new ConcurrentHashMap<>();
    final List<Map<String, Integer>> told = new ArrayList<>();
    final List<Map<String, Integer>> holds = new ArrayList<>();
    final List<Map<String, Integer>> toldInVain = new ArrayList<>();
    final List<Duration> deadlines = new ArrayList<>();
    volatile boolean guardAnswers = true;
    volatile boolean guardIsCurrent = true;
    volatile boolean guardCanBeWritten = true;
    private Map<Integer, NavigableSet<String>> guard = Map.of();
    private long generation;

    void guards(Map<Integer, List<String>> nodesByFloor) {
        guard = new TreeMap<>();
        nodesByFloor.forEach((floor, nodes) -> guard.put(floor, new TreeSet<>(nodes)));
    }

    void carries(String node, int floor, String annotation) {
        marks.put(node, new Mark(Optional.of(floor), Optional.of(annotation)));
    }

    @Override
    public Content read() {
        return new Content(guard, guardIsCurrent);
    }

    Map<Integer, NavigableSet<String>> guarded() {
        return guard;
    }

    @Override
    public long write(Map<Integer, NavigableSet<String>> nodesByFloor) {
        if (!guardCanBeWritten) {
            throw new IllegalStateException("the API server is away");
        }
        if (!nodesByFloor.equals(guard) || !guardIsCurrent) {
            guard = nodesByFloor;
            generation++;
            journal.add("guard " + nodesByFloor);
        }
        guardIsCurrent = true;
        return generation;
    }

    @Override
    public boolean awaitAcknowledgement(long awaited, Duration deadline) {
        deadlines.add(deadline);
        return guardAnswers && awaited == generation;
    }

    @Override
    public Map<String, Mark> marked() {
        return Map.copyOf(marks);
    }

    @Override
    public Optional<Mark> wanted(String node, NodeVerdict verdict) {
        var uids = new TreeSet<>(verdict.contributions().keySet());
        return Optional.of(new Mark(Optional.of(verdict.floor()), Optional.of(String.join("+", uids))));
    }

    @Override
    public boolean put(String node, Mark mark) {
        journal.add("mark " + node + " " + mark.floor().map(String::valueOf).orElse("none"));
        if (mark.equals(Mark.NONE)) {
            marks.remove(node);
        } else {
            marks.put(node, mark);
        }
        return true;
    }

    @Override
    public void acknowledged(Map<String, Integer> floors, Instant at) {
        told.add(floors);
    }

    @Override
    public void inForce(Map<String, Integer> floors) {
        holds.add(floors);
    }

    @Override
    public void unacknowledged(Map<String, Integer> floors) {
        toldInVain.add(floors);
    }
}
