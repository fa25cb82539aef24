package dev.waterline.demo;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The stories' YAML, which is packed beside the classes. */
final class Manifests {
    private Manifests() {}

    static void apply(KubernetesClient client, String file) {
        apply(client, file, Map.of());
    }

    /** @param values put in place of {@code ${KEY}} */
    static void apply(KubernetesClient client, String file, Map<String, String> values) {
        load(client, file, values)
                .forEach(object -> client.resource(object).forceConflicts().serverSideApply());
    }

    static void delete(KubernetesClient client, String file) {
        load(client, file, Map.of())
                .reversed()
                .forEach(object -> client.resource(object).delete());
    }

    private static List<HasMetadata> load(KubernetesClient client, String file, Map<String, String> values) {
        var text = text(file);
        for (var value : values.entrySet()) {
            text = text.replace("${" + value.getKey() + "}", value.getValue());
        }
        return client.load(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                .items();
    }

    static String text(String file) {
        try (var stream = Manifests.class.getResourceAsStream("/demo/" + file)) {
            if (stream == null) {
                throw new IllegalArgumentException("No manifest demo/" + file);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read demo/" + file, e);
        }
    }
}
