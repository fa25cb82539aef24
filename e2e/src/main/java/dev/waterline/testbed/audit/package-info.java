/**
 * Reads what the API servers wrote down about the requests they served. Judging it is the business of the tests.
 */
@NullMarked
package dev.waterline.testbed.audit;

import org.jspecify.annotations.NullMarked;
