package dev.waterline.prometheus;

import dev.waterline.decision.reading.Reading;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Is told of every query that went to a server. */
@FunctionalInterface
public interface QueryObserver {
    /** @param failure why there was no usable answer; empty: there was one */
    void queried(URI server, Optional<Reading.Cause> failure, Duration took);
}
