package dev.waterline.cluster;

/**
 * An object that may have a {@code /scale} subresource.
 *
 * @param apiVersion such as {@code apps/v1}
 */
public record ScaleTarget(String apiVersion, String kind, String namespace, String name) {
    @Override
    public String toString() {
        return kind + " " + name;
    }
}
