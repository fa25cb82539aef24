/**
 * Thin adapters to the API server: watched summaries, node marks, the bind guard's configuration, tolerations, scale targets,
 * events. They carry out and report; what should be done is decided elsewhere.
 */
@NullMarked
package dev.waterline.cluster;

import org.jspecify.annotations.NullMarked;
