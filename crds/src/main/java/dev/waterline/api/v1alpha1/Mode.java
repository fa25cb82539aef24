package dev.waterline.api.v1alpha1;

/** Whether decisions are carried out. */
public enum Mode {
    /** Decide and act. */
    Enforce,
    /** Decide and report in status, events and metrics, but touch nothing else. */
    DryRun
}
