package dev.waterline.cluster;

import java.util.SortedSet;

/** A way to give pods their tolerations as they are created. */
sealed interface TolerationMechanism permits TolerationPolicy, TolerationWebhook {

    /** Makes the cluster's configuration name exactly these floors. Without floors there is none. */
    void ensure(SortedSet<Integer> floors);

    /** Kind and name of the configuration, and what it takes to work; for messages. */
    String description();
}
