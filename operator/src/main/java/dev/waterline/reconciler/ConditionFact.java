package dev.waterline.reconciler;

/**
 * What a condition says, before Kubernetes' bookkeeping.
 *
 * @param reason CamelCase, for machines
 * @param message for people
 */
record ConditionFact(String type, boolean status, String reason, String message) {}
