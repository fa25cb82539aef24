package dev.waterline.testbed;

/** What a testbed may be started without. */
public enum Part {
    CONTROLLER_MANAGER,
    SCHEDULER,
    /** Plays the kubelets of fake nodes. */
    KWOK,
    /** Prometheus and the scenario exporter that it scrapes. */
    PROMETHEUS
}
