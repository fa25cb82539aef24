package dev.waterline.demo;

import dev.waterline.report.Promise;
import java.util.List;

/** Something that happens to a cluster. */
interface Story {
    String title();

    /**
     * Plays it to the end, also if a promise is broken on the way.
     *
     * @return what was promised and measured
     */
    List<Promise> play(Stage stage, Narrator narrator);
}
