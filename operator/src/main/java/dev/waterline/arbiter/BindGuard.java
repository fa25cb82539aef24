package dev.waterline.arbiter;

import java.time.Duration;
import java.util.Map;
import java.util.NavigableSet;

/** The port to the admission configuration that keeps pods below a floor from binding. */
public interface BindGuard {

    /**
     * What the cluster holds.
     *
     * @param nodesByFloor node names by floor
     * @param current false: it leads the API server to an address, or has it trust an authority, of the past
     */
    record Content(Map<Integer, NavigableSet<String>> nodesByFloor, boolean current) {}

    Content read();

    /**
     * Replaces it, if it differs.
     *
     * @return the generation that {@link #awaitAcknowledgement} waits for
     */
    long write(Map<Integer, NavigableSet<String>> nodesByFloor);

    /**
     * Waits until every API server that is asked denies a probe of this generation.
     *
     * @return whether all did within the deadline
     */
    boolean awaitAcknowledgement(long generation, Duration deadline);
}
