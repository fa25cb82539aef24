package dev.waterline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartsTest {
    private final List<String> told = new ArrayList<>();

    @Test
    void partsStopInReverseOrderEvenIfOneOfThemFails() {
        Parts parts = new Parts(List.of(part("a"), failing("b"), part("c")));

        parts.start();
        parts.stop();

        assertThat(told).containsExactly("start a", "start b", "start c", "stop c", "stop b", "stop a");
    }

    @Test
    void nothingStartsAfterTheStop() {
        Parts parts = new Parts(List.of(part("a")));

        parts.stop();
        parts.start();

        assertThat(told).isEmpty();
    }

    @Test
    void whatNeverStartedIsNotStopped() {
        Parts parts = new Parts(List.of(part("a")));

        parts.stop();

        assertThat(told).isEmpty();
    }

    private Part part(String name) {
        return new Telling(name, false);
    }

    private Part failing(String name) {
        return new Telling(name, true);
    }

    private final class Telling implements Part {
        private final String name;
        private final boolean failsToStop;

        Telling(String name, boolean failsToStop) {
            this.name = name;
            this.failsToStop = failsToStop;
        }

        @Override
        public void start() {
            told.add("start " + name);
        }

        @Override
        public void stop() {
            told.add("stop " + name);
            if (failsToStop) {
                throw new IllegalStateException("cannot stop");
            }
        }
    }
}
