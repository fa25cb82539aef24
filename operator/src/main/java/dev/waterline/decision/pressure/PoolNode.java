package dev.waterline.decision.pressure;

/**
 * A node that the policy selects.
 *
 * @param name unique
 * @param zone where it stands; empty: nobody says
 */
public record PoolNode(String name, String zone) {}
