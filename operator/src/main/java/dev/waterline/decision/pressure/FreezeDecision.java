package dev.waterline.decision.pressure;

/** A change that one step has decided for one tier on one node. */
public sealed interface FreezeDecision {
    String node();

    String tier();

    Evidence why();

    /** The tier is frozen from now on. */
    record Freeze(String node, String tier, Evidence why) implements FreezeDecision {}

    /** The tier may land again. */
    record Thaw(String node, String tier, Evidence why) implements FreezeDecision {}
}
