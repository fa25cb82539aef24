package dev.waterline.arbiter;

import java.time.Duration;
import java.util.Map;
import java.util.SortedSet;

/** The port to the admission configuration that keeps pods below a floor from binding. */
public interface BindGuard {

    /** What the cluster holds now: node names by floor. */
    Map<Integer, SortedSet<String>> read();

    /**
     * Replaces it, if it differs.
     *
     * @return the generation that {@link #awaitAcknowledgement} waits for
     */
    long write(Map<Integer, SortedSet<String>> nodesByFloor);

    /**
     * Waits until every API server that is asked denies a probe of this generation.
     *
     * @return whether all did within the deadline
     */
    boolean awaitAcknowledgement(long generation, Duration deadline);
}
