package dev.waterline.demo;

import java.time.Instant;

/**
 * A pod that was put on a node.
 *
 * @param at when that was answered (or, where nobody logs answers, first seen)
 */
record Bind(Instant at, String namespace, String pod, String node) {}
