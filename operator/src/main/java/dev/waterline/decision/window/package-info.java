/**
 * Windows of the calendar as the core sees them, intervals of time, and the ledger of the work that a window protects. Pure:
 * cron expressions and time zones stay outside, Jobs come in as records, and nothing here acts.
 */
@NullMarked
package dev.waterline.decision.window;

import org.jspecify.annotations.NullMarked;
