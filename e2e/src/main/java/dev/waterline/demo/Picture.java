package dev.waterline.demo;

import dev.waterline.report.Paint;
import java.util.List;

/** What goes on at this moment; read from another thread several times a second. */
interface Picture {
    String title();

    /** At most 14 lines of at most 78 visible characters. */
    List<String> lines(Paint paint);

    /** The same in one line, for an audience without a terminal. */
    String summary();
}
