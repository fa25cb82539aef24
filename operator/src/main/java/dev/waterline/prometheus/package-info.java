/**
 * Asks Prometheus: one deadline a query, caps on what comes back, and only servers that may be asked. Knows nothing of nodes,
 * workloads or Kubernetes, and lets nothing of a response body out but numbers and labels.
 */
@NullMarked
package dev.waterline.prometheus;

import org.jspecify.annotations.NullMarked;
