package dev.waterline.testbed.process;

/** Something the testbed needs is missing or failed; the message says what, where to look and how to mend it. */
public class TestbedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TestbedException(String message) {
        super(message);
    }

    public TestbedException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Restores the interrupt, so that callers further up still see it, and makes it an exception that needs no clause. */
    public static TestbedException interrupted(String during, InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new TestbedException("Interrupted while " + during + ".", cause);
    }
}
