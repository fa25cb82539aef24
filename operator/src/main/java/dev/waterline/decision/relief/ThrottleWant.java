package dev.waterline.decision.relief;

/**
 * That a pod be throttled.
 *
 * @param waterline UID of the PriorityWaterline that wants it
 * @param percent what is to be left of its CPU limits
 */
public record ThrottleWant(String waterline, String tier, int percent) {}
