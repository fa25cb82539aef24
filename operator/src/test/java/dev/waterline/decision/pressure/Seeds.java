package dev.waterline.decision.pressure;

import java.util.stream.LongStream;

/**
 * The seeds that every property is tried with. A failure names its seed; {@code -Dproperty.seeds=7-7} plays just that one, and
 * {@code -Dproperty.seeds=1-100000} looks further than a build does.
 */
final class Seeds {
    private Seeds() {}

    static LongStream seeds() {
        var range = System.getProperty("property.seeds", "1-30").split("-", 2);
        return LongStream.rangeClosed(Long.parseLong(range[0]), Long.parseLong(range[1]));
    }
}
