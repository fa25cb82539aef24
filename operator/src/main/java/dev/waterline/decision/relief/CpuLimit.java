package dev.waterline.decision.relief;

/**
 * A CPU limit.
 *
 * @param text as the API server writes it; restoring writes these very characters
 * @param millis what it comes to, millicores
 */
public record CpuLimit(String text, long millis) {

    /** In the form that the API server itself would give it. */
    static CpuLimit ofMillis(long millis) {
        return new CpuLimit(millis % 1000 == 0 ? Long.toString(millis / 1000) : millis + "m", millis);
    }
}
