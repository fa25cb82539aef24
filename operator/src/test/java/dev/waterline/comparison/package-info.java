/**
 * This engine beside the state machines of its peers, on the same seeded day of load. The peers are written anew from their
 * source and documentation, as far as they decide whether a node is frozen; nothing in here is shipped.
 */
@NullMarked
package dev.waterline.comparison;

import org.jspecify.annotations.NullMarked;
