/**
 * Plays metrics-server: the resource metrics of nodes and pods as a test says they are. Knows the format of the API and
 * nothing of the cluster that asks.
 */
@NullMarked
package dev.waterline.testbed.metricsapi;

import org.jspecify.annotations.NullMarked;
