/**
 * Measurements on a control plane of their own that take too long, or want too quiet a machine, for the tests. Each prints what
 * was promised and what was measured.
 */
@NullMarked
package dev.waterline.benchmark;

import org.jspecify.annotations.NullMarked;
