/**
 * What the process tells machines about itself: meters by concern, and named health checks. No decision is made here,
 * and the simpleclient registry is known to one class only.
 */
@NullMarked
package dev.waterline.telemetry;

import org.jspecify.annotations.NullMarked;
