package dev.waterline.api.v1alpha1;

/** Whether the shift moves the thresholds. */
public enum ElasticMode {
    /** It is computed and shown in status and metrics, and moves nothing. */
    Shadow,
    /** It moves the thresholds. */
    Active
}
