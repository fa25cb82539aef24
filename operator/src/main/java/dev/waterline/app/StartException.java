package dev.waterline.app;

/** The process cannot start. The message is one sentence for people. */
final class StartException extends Exception {
    private static final long serialVersionUID = 1L;
    private final ExitCode exitCode;

    StartException(ExitCode exitCode, String sentence, Throwable cause) {
        super(sentence, cause);
        this.exitCode = exitCode;
    }

    ExitCode exitCode() {
        return exitCode;
    }
}
