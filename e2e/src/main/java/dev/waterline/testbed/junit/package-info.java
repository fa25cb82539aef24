/**
 * Gives testbeds to JUnit tests. Nothing in here knows how one is started.
 */
@NullMarked
package dev.waterline.testbed.junit;

import org.jspecify.annotations.NullMarked;
