package dev.waterline.app;

/** An option has a value that cannot work. The message is one sentence that names the option and says how to fix it. */
final class InvalidOptionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidOptionException(String sentence) {
        super(sentence);
    }
}
