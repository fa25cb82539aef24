package dev.waterline.decision.pressure;

/** What set a threshold that is in effect. */
public sealed interface Origin {
    Origin SPEC = new Spec();

    /** As status and metrics show it: {@code Spec}, {@code Window/t0-settlement}, {@code Elastic}. */
    String text();

    /** The tier's own waterline. */
    record Spec() implements Origin {
        @Override
        public String text() {
            return "Spec";
        }
    }

    /** A window that replaces it. */
    record Window(String name) implements Origin {
        @Override
        public String text() {
            return "Window/" + name;
        }
    }

    /**
     * The elastic shift has moved it.
     *
     * @param from what set it before
     * @param points by how many points, percent
     */
    record Elastic(Origin from, double points) implements Origin {
        @Override
        public String text() {
            return "Elastic";
        }
    }
}
