package dev.waterline.demo;

/** Tells the audience what happens, with the time since the start. Thread-safe. */
interface Narrator extends AutoCloseable {

    /** One line; what is important enough to stay on the screen. */
    void tell(String line);

    /** From now on this is the picture of what goes on. */
    void show(Picture picture);

    /** Ends the picture; lines can still be told. */
    @Override
    void close();
}
