package dev.waterline.decision.pressure;

import java.time.Duration;

/**
 * What happens to frozen nodes while a signal's source does not answer.
 *
 * @param hold keep all as it is for so long
 * @param thenThaw and then thaw; else hold until the source is back
 */
public record Outage(Duration hold, boolean thenThaw) {}
