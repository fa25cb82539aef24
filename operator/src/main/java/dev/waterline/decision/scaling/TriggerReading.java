package dev.waterline.decision.scaling;

import dev.waterline.decision.reading.Reading;

/**
 * What one trigger yielded at one poll.
 *
 * @param trigger its name, unique within the workload
 */
public record TriggerReading(String trigger, Target target, Reading reading) {
    boolean isFresh() {
        return reading instanceof Reading.Fresh;
    }
}
