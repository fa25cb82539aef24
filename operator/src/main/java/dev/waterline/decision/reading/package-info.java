/**
 * What is known of a measured quantity, and how it is smoothed. Pure values; where they come from does not belong here.
 */
@NullMarked
package dev.waterline.decision.reading;

import org.jspecify.annotations.NullMarked;
