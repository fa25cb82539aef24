package dev.waterline.arbiter;

import java.util.OptionalInt;

/** Which floors may be used on a node: those that protected pods have been shown to tolerate. */
public interface ProvenFloors {
    /** The highest proven floor that is not above this one. */
    OptionalInt highestUpTo(int floor);
}
