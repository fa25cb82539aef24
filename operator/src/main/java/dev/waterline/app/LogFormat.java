package dev.waterline.app;

/** How a log line looks. */
public enum LogFormat {
    /** One line for people. */
    text,
    /** One JSON object a line, in the Elastic Common Schema. */
    json
}
