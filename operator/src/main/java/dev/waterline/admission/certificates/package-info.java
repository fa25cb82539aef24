/**
 * The certificates of the webhooks: made, kept in a Secret, rotated and handed on. Who serves with them and who trusts
 * them is not known here.
 */
@NullMarked
package dev.waterline.admission.certificates;

import org.jspecify.annotations.NullMarked;
