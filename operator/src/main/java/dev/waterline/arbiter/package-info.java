/**
 * From the wishes of all waterlines to the one floor of each node, and the only way to a node write. Knows no Kubernetes
 * types: the guard and the nodes are ports, which {@code cluster} implements.
 */
@NullMarked
package dev.waterline.arbiter;

import org.jspecify.annotations.NullMarked;
