package dev.waterline.app;

/** The least severe level that is logged. */
public enum LogLevel {
    error,
    warn,
    info,
    debug,
    trace
}
