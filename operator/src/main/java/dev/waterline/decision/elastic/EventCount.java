package dev.waterline.decision.elastic;

/**
 * How many events a window has seen, as the source gave them: nothing about them has been checked yet.
 *
 * @param good those that met the objective
 * @param total all of them
 */
public record EventCount(double good, double total) {}
