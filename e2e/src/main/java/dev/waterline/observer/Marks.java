package dev.waterline.observer;

import dev.waterline.testbed.User;

/** By which an outsider knows what is Waterline's in a cluster, where it is installed as the chart does it by default. */
public final class Marks {
    public static final String TAINT_KEY = "status-taint.cluster-autoscaler.kubernetes.io/waterline";
    public static final String OPERATOR = "system:serviceaccount:" + User.OPERATOR_NAMESPACE + ":waterline-operator";

    private Marks() {}
}
