package dev.waterline.app;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts parts in order and stops the started ones in reverse. Once stopped, nothing starts any more. */
final class Parts {
    private static final Logger log = LoggerFactory.getLogger(Parts.class);

    private final List<Part> parts;
    private final Deque<Part> started = new ArrayDeque<>();
    private boolean stopped;

    Parts(List<Part> parts) {
        this.parts = parts;
    }

    synchronized void start() {
        for (Part part : parts) {
            if (stopped) {
                return;
            }
            started.push(part);
            part.start();
        }
    }

    synchronized void stop() {
        stopped = true;
        while (!started.isEmpty()) {
            Part part = started.pop();
            try {
                part.stop();
            } catch (RuntimeException e) {
                // One part that cannot stop must not keep the others, and the lease, from being let go.
                log.warn("{} did not stop cleanly", part.getClass().getSimpleName(), e);
            }
        }
    }
}
