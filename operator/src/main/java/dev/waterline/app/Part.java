package dev.waterline.app;

/** Something that is started once and stopped once. */
public interface Part {
    /** Begins to work; returns when it does. */
    void start();

    /** Ends what it began, within a time of its own; harmless if it never started. */
    void stop();
}
