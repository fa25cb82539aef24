/**
 * Child processes that never outlive this JVM, free ports, deadlines and the ends of log files. Nothing in here knows
 * what the processes are for.
 */
@NullMarked
package dev.waterline.testbed.process;

import org.jspecify.annotations.NullMarked;
