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

    void start() {
        for (Part part : parts) {
            if (!begin(part)) {
                return;
            }
            part.start();
        }
    }

    /** Does not wait for a part that is still starting, which may take longer than a stop may. */
    void stop() {
        for (Part part : end()) {
            try {
                part.stop();
            } catch (RuntimeException e) {
                // One part that cannot stop must not keep the others, and the lease, from being let go.
                log.warn("{} did not stop cleanly", part.getClass().getSimpleName(), e);
            }
        }
    }

    private synchronized boolean begin(Part part) {
        if (!stopped) {
            started.push(part);
        }
        return !stopped;
    }

    private synchronized List<Part> end() {
        stopped = true;
        List<Part> toStop = List.copyOf(started);
        started.clear();
        return toStop;
    }
}
