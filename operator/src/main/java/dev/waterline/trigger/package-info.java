/**
 * The types of triggers, one class each: what a trigger's metadata means, and how its value is read. What a value leads to is
 * decided elsewhere.
 */
@NullMarked
package dev.waterline.trigger;

import org.jspecify.annotations.NullMarked;
