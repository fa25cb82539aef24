package dev.waterline.reconciler;

import dev.waterline.decision.pressure.SourceAnswer;
import dev.waterline.decision.reading.Reading;

/**
 * What the source of a signal said in one pass.
 *
 * @param answer for the core
 * @param unmatched what could not be given to any node
 */
record SignalAnswer(SourceAnswer answer, UnmatchedSeries unmatched) {

    static SignalAnswer silent(Reading.Cause cause, String detail) {
        return new SignalAnswer(new SourceAnswer.Silent(new Reading.Unavailable(cause, detail)), UnmatchedSeries.NONE);
    }
}
