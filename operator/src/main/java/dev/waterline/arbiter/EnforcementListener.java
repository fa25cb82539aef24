package dev.waterline.arbiter;

import java.time.Instant;
import java.util.Map;

/** Is told what has come into force. */
public interface EnforcementListener {

    /**
     * The guard denies binds below these floors from now on.
     *
     * @param floors of the nodes whose floor has newly come into force or risen, by node name
     * @param at when the last API server's denial was seen
     */
    void acknowledged(Map<String, Integer> floors, Instant at);

    /** These floors are what the guard holds from now on, by node name; a node that is not named has none. */
    void inForce(Map<String, Integer> floors);

    /** The guard could not be shown to work within its deadline; the taint goes on all the same. */
    void unacknowledged(Map<String, Integer> floors);
}
