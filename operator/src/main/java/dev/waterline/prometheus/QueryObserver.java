package dev.waterline.prometheus;

import java.net.URI;
import java.time.Duration;

/** Is told of every query that went to a server. */
@FunctionalInterface
public interface QueryObserver {
    void queried(URI server, QueryResult result, Duration took);
}
