package dev.waterline.chart;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** What Helm has rendered: text, and the objects in it. */
record RenderedChart(String text) {
    private static final Pattern SEPARATOR = Pattern.compile("^---$", Pattern.MULTILINE);

    /** Every object of this kind, in the order of the text. */
    <T extends HasMetadata> List<T> all(Class<T> kind) {
        var name = HasMetadata.getKind(kind);
        return SEPARATOR
                .splitAsStream(text)
                .filter(document -> document.lines().anyMatch(line -> line.equals("kind: " + name)))
                .map(document -> Objects.requireNonNull(Serialization.unmarshal(document, kind)))
                .toList();
    }

    /** The one object of this kind and name. */
    <T extends HasMetadata> T one(Class<T> kind, String name) {
        var found = all(kind).stream()
                .filter(object -> name.equals(object.getMetadata().getName()))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(
                    "The chart renders " + found.size() + " objects " + HasMetadata.getKind(kind) + " " + name);
        }
        return found.getFirst();
    }
}
