package dev.waterline.leadership;

/** Another installation owns this cluster. The message is for people: it says which, and what to do. */
public final class AnotherInstallationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AnotherInstallationException(String sentence) {
        super(sentence);
    }
}
