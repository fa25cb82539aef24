/**
 * The control loops of both resources: read caches, map to records, ask the core, realise, publish. Mapping lives here;
 * arithmetic and decisions do not.
 */
@NullMarked
package dev.waterline.reconciler;

import org.jspecify.annotations.NullMarked;
