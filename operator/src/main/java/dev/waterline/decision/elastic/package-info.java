/**
 * The elastic waterline: how far the thresholds of a ladder move for the sake of a service level objective. Pure: records in,
 * records out, time passed in. It knows no tier and no node; all it yields is one number, the shift in points.
 */
@NullMarked
package dev.waterline.decision.elastic;

import org.jspecify.annotations.NullMarked;
