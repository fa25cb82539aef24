/**
 * Who may write: the lease, the fence that stops writes when the lease is no longer surely ours, and the claim of one
 * installation on the cluster. What is written does not belong here.
 */
@NullMarked
package dev.waterline.leadership;

import org.jspecify.annotations.NullMarked;
