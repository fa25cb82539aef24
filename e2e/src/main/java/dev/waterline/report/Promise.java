package dev.waterline.report;

/**
 * Something that Waterline promises, and what was measured.
 *
 * @param what in a few words
 * @param promised the bound, with its unit
 * @param measured with its unit
 * @param kept whether the one meets the other
 */
public record Promise(String what, String promised, String measured, boolean kept) {}
