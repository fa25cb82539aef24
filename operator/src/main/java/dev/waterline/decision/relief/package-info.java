/**
 * Decides what follows when freezing is not enough: which CPU limits are lowered and restored, which pods are evicted, and when
 * to stop. Pure: records in, records out, time passed in; budgets and memories are records too. CPU in millicores, ratios 0 to 1.
 */
@NullMarked
package dev.waterline.decision.relief;

import org.jspecify.annotations.NullMarked;
