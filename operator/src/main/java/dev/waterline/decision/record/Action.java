package dev.waterline.decision.record;

/** What a decision did. Its label is the name in status, events and JSON. */
public enum Action {
    /** A tier may not land on a node any more. */
    FREEZE("Freeze"),
    /** It may again. */
    THAW("Thaw"),
    /** The guard was seen to deny binds below a node's floor. */
    ACKNOWLEDGE("Acknowledge"),
    /** A person switched a waterline to decide nothing and keep what is frozen. */
    PAUSE("Paused"),
    /** A person switched a waterline to thaw everything. */
    THAW_ALL("ThawAll"),
    /** A person let a waterline decide again. */
    RESUME("Resumed"),
    /** A person's order that a node have a floor began. */
    FREEZE_OVERRIDE("FreezeOverride"),
    /** A person's order that a node have none began. */
    THAW_OVERRIDE("ThawOverride"),
    /** A person's order for a node ended. */
    END_OVERRIDE("OverrideEnded"),
    /** A pod's CPU limits were lowered. */
    THROTTLE("Throttle"),
    /** They were given back. */
    RESTORE("Restore"),
    /** Somebody else has set them, so they are left alone. */
    LEAVE_ALONE("ThrottleContended"),
    /** The API server would not let them be lowered. */
    THROTTLE_REFUSED("ThrottleRefused"),
    /** The API server would not let them be given back. */
    RESTORE_REFUSED("RestoreRefused"),
    /** A pod's note of its original limits could not be read. */
    DISCARD_NOTE("NoteDiscarded"),
    /** A pod was told to end. */
    EVICT("Evict"),
    /** A disruption budget kept a pod. */
    EVICTION_BLOCKED("EvictionBlocked"),
    /** The API server would not evict a pod. */
    EVICTION_REFUSED("EvictionRefused");

    private final String label;

    Action(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
