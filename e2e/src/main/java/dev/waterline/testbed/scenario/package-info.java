/**
 * Plays the metrics of a scenario to Prometheus: node CPU, gauges and counters that tests and the demo set as they go.
 * Nothing in here knows Kubernetes.
 */
@NullMarked
package dev.waterline.testbed.scenario;

import org.jspecify.annotations.NullMarked;
