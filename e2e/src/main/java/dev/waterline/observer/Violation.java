package dev.waterline.observer;

import java.time.Instant;

/**
 * A promise that was broken.
 *
 * @param at when it was seen
 * @param sentence what happened, to whom
 */
public record Violation(Invariant invariant, Instant at, String sentence) {}
