/**
 * What was promised and what was measured, as a table. Knows nothing of what is measured.
 */
@NullMarked
package dev.waterline.report;

import org.jspecify.annotations.NullMarked;
