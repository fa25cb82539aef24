/**
 * Where the testbed's binaries come from: built from the pinned Go modules of {@code e2e/tools} and cached, or a named
 * folder. Nothing in here starts a server.
 */
@NullMarked
package dev.waterline.testbed.tools;

import org.jspecify.annotations.NullMarked;
