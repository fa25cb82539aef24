package dev.waterline.e2e;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Annotations as {@code kubectl annotate} writes them: whoever else has written meanwhile does not matter. */
final class Annotations {
    private Annotations() {}

    /** @param value null removes it */
    static void set(Resource<? extends HasMetadata> resource, String key, @Nullable String value) {
        var patch = Map.of("metadata", Map.of("annotations", Collections.singletonMap(key, value)));
        resource.patch(PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(patch));
    }
}
