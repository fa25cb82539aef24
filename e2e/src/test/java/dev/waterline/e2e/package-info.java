/**
 * End-to-end tests: the operator as a process of its own, under the roles of the shipped chart, on a real control plane.
 * What they need to start one lives in the testbed.
 */
@NullMarked
package dev.waterline.e2e;

import org.jspecify.annotations.NullMarked;
