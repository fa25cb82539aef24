/** Tests of the demo's own judgement. The stories themselves are played by {@code ./demo}, not here. */
@NullMarked
package dev.waterline.demo;

import org.jspecify.annotations.NullMarked;
