package dev.waterline.prometheus;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * One evaluation of one expression, now.
 *
 * @param server base URL of the Prometheus API, http or https
 * @param promql the expression
 * @param lookback a series whose last sample is older does not answer; empty: the server's own setting
 * @param deadline for connection, headers and body together, waiting for a place included
 */
public record InstantQuery(URI server, String promql, Optional<Duration> lookback, Duration deadline) {}
