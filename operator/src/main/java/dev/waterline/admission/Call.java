package dev.waterline.admission;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request, complete.
 *
 * @param path without query, decoded
 * @param query what follows the question mark, as it was sent; empty: nothing
 * @param accept the {@code Accept} header
 * @param body at most {@link WebServer#MAX_BODY_BYTES}
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; copying a body for each request would be waste.
public record Call(
        String path, Optional<String> query, @Nullable String accept, byte[] body) {

    /** A request without a query. */
    public Call(String path, @Nullable String accept, byte[] body) {
        this(path, Optional.empty(), accept, body);
    }
}
