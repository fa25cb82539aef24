/**
 * A real control plane without containers, for the tests and the demo: starting it, breaking parts of it, adding nodes
 * and the operator, tearing it down. What is played on it, and what is expected of Waterline, lives elsewhere.
 */
@NullMarked
package dev.waterline.testbed;

import org.jspecify.annotations.NullMarked;
