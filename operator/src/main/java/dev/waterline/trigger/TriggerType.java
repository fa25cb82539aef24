package dev.waterline.trigger;

/** A kind of source that a value can come from. */
interface TriggerType {
    /** As it stands in a trigger's {@code type}. */
    String name();

    PreparedTrigger prepare(TriggerSettings settings);
}
