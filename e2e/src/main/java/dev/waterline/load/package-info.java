/**
 * Keeps a cluster busy, and waits for it, for the demo and the benchmarks.
 */
@NullMarked
package dev.waterline.load;

import org.jspecify.annotations.NullMarked;
