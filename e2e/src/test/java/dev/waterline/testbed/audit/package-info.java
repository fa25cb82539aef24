/** The testbed's own tests. What the testbed is used for is tested elsewhere. */
@NullMarked
package dev.waterline.testbed.audit;

import org.jspecify.annotations.NullMarked;
