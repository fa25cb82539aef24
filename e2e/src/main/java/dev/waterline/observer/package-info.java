/**
 * Sees whether Waterline keeps its promises, from what the API servers log and what watches show, and never from what the
 * operator says of itself. Knows the marks that Waterline leaves in a cluster; decides nothing and changes nothing.
 */
@NullMarked
package dev.waterline.observer;

import org.jspecify.annotations.NullMarked;
