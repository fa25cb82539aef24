/**
 * The API that users write and read: specs and statuses of the two custom resources, with the constraints from which the
 * CRD YAML is generated. Records and enums only; no behaviour beyond defaults, and nothing that talks to a cluster.
 */
@NullMarked
package dev.waterline.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
