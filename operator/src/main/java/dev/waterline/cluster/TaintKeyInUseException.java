package dev.waterline.cluster;

/** Nodes carry a taint of another key than the one to be used. The message is for people: it says which, and what to do. */
public final class TaintKeyInUseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TaintKeyInUseException(String sentence) {
        super(sentence);
    }
}
