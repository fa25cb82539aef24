package dev.waterline.telemetry;

import dev.waterline.decision.record.DecisionRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The last decisions of this process, in memory, for whoever asks why. The oldest go when it is full, and all go with the
 * process: what must outlast it stands in the cluster.
 *
 * <p>Bound: {@link #CAPACITY} records. One takes 0.46 KB where two signals are known of the node (measured), so a full log 4.6 MB.
 */
public final class DecisionLog {
    /** Two tiers on 5,000 nodes at once. */
    public static final int CAPACITY = 10_000;

    private final int capacity;
    private final ArrayDeque<DecisionRecord> records = new ArrayDeque<>();
    private long forgotten;

    /**
     * What was found.
     *
     * @param decisions newest first
     * @param more whether older ones match too
     * @param held how many the log holds
     * @param forgotten how many it has held and let go
     */
    public record Page(List<DecisionRecord> decisions, boolean more, int held, long forgotten) {
        public Page {
            decisions = List.copyOf(decisions);
        }
    }

    public DecisionLog() {
        this(CAPACITY);
    }

    DecisionLog(int capacity) {
        this.capacity = capacity;
    }

    /** @param decided in the order of decision */
    public synchronized void append(Collection<DecisionRecord> decided) {
        for (var decision : decided) {
            if (records.size() == capacity) {
                records.removeFirst();
                forgotten++;
            }
            records.addLast(decision);
        }
    }

    public synchronized Optional<DecisionRecord> find(String id) {
        return records.stream().filter(decision -> decision.id().equals(id)).findFirst();
    }

    public synchronized Page find(DecisionQuery query) {
        var found = new ArrayList<DecisionRecord>();
        for (Iterator<DecisionRecord> newestFirst = records.descendingIterator(); newestFirst.hasNext(); ) {
            var decision = newestFirst.next();
            if (query.matches(decision)) {
                if (found.size() == query.limit()) {
                    return new Page(found, true, records.size(), forgotten);
                }
                found.add(decision);
            }
        }
        return new Page(found, false, records.size(), forgotten);
    }
}
