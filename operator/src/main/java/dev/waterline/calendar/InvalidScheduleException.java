package dev.waterline.calendar;

/** A schedule that cannot be followed; the message begins with the field and says how to mend it. */
public final class InvalidScheduleException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidScheduleException(String message) {
        super(message);
    }

    InvalidScheduleException(String message, Throwable cause) {
        super(message, cause);
    }
}
