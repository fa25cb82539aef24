package dev.waterline.admission;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * One HTTP response.
 *
 * @param status the HTTP status
 * @param contentType of the body
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Answer(int status, String contentType, byte[] body) {

    /** Plain text, to which a line break is added where it has none. */
    public static Answer text(int status, String text) {
        return new Answer(
                status, "text/plain; charset=utf-8", (text.endsWith("\n") ? text : text + "\n").getBytes(UTF_8));
    }

    /** A body that is JSON already. */
    public static Answer json(byte[] body) {
        return new Answer(200, "application/json", body);
    }
}
