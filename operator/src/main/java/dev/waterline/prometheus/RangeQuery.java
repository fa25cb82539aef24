package dev.waterline.prometheus;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The evaluations of one expression at regular times of the past.
 *
 * @param server base URL of the Prometheus API, http or https
 * @param promql the expression
 * @param start of the first evaluation
 * @param end no evaluation is later
 * @param step from one evaluation to the next; Prometheus refuses more than 11,000 of them
 * @param lookback a series whose last sample is older than this at one of these times does not answer then; empty: the
 *     server's own setting
 * @param deadline for connection, headers and body together, waiting for a place included
 */
public record RangeQuery(
        URI server,
        String promql,
        Instant start,
        Instant end,
        Duration step,
        Optional<Duration> lookback,
        Duration deadline) {}
