package dev.waterline.demo;

import dev.waterline.observer.Freeze;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/** Sees what the cluster really did, independently of what the operator says. Thread-safe. */
interface Witness extends AutoCloseable {

    /** Every freeze so far, also those that are over. */
    List<Freeze> freezes();

    /** Every pod that was put on a node so far. */
    List<Bind> binds();

    /** How many binds the guard has denied so far; empty where that cannot be seen. */
    OptionalInt denials();

    /** By how much the times of freezes and binds may be off against each other. */
    Duration tolerance();

    /** Where this is seen, for the reader of the table. */
    String source();

    /** Takes in all that has happened until now. */
    void catchUp();

    @Override
    void close();
}
