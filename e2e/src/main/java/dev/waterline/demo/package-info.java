/**
 * The demo: two stories played on a cluster, what they promise, and how that is measured. How a control plane or an operator
 * is started lives in the testbed; nothing in here decides anything that the operator should decide.
 */
@NullMarked
package dev.waterline.demo;

import org.jspecify.annotations.NullMarked;
