/**
 * Decides how many replicas a workload should have: what each trigger proposes, what that comes to, and what limits it. Pure:
 * records in, records out, time passed in; where readings come from and how a count is written does not belong here.
 */
@NullMarked
package dev.waterline.decision.scaling;

import org.jspecify.annotations.NullMarked;
