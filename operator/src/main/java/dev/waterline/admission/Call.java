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
 * @param begun when its first byte was read, on the monotonic clock of the process, in nanoseconds
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; copying a body for each request would be waste.
public record Call(
        String path, Optional<String> query, @Nullable String accept, byte[] body, long begun) {}
