/**
 * The certificates of one testbed: an authority of its own, so that no client ever talks to another testbed's server and
 * no server to another testbed's client. Nothing in here is fit for anything that lives longer than a test.
 */
@NullMarked
package dev.waterline.testbed.pki;

import org.jspecify.annotations.NullMarked;
