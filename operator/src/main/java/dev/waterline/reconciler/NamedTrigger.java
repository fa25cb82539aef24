package dev.waterline.reconciler;

import dev.waterline.trigger.PreparedTrigger;

/**
 * A trigger under the name that people see.
 *
 * @param name unique within its workload
 */
record NamedTrigger(String name, PreparedTrigger.Usable trigger) {}
