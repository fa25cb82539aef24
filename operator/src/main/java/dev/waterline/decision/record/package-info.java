/**
 * What was decided, as data: one record for each change, from which event, status, log, page and command all derive. Pure, like
 * the core whose decisions it holds.
 */
@NullMarked
package dev.waterline.decision.record;

import org.jspecify.annotations.NullMarked;
