/**
 * The process: its configuration, its clients, and the plain constructor wiring of everything else. Only this package
 * may read the system clock, end the process, or know all other packages.
 */
@NullMarked
package dev.waterline.app;

import org.jspecify.annotations.NullMarked;
