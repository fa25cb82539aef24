package dev.waterline.admission;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a pod that is being created says of itself.
 *
 * @param priority as resolved by the API server before it asks; 0 where the pod has none
 * @param traits what exempts it; never where its volumes are
 * @param claims names of its PersistentVolumeClaims
 */
record PodManifest(int priority, Set<PodTrait> traits, List<String> claims) {
    PodManifest {
        traits = Set.copyOf(traits);
        claims = List.copyOf(claims);
    }

    /** Reads a Pod (v1); whatever it does not say counts as not so. */
    static PodManifest of(JsonNode pod) {
        Set<PodTrait> traits = new HashSet<>();
        for (JsonNode owner : pod.path("metadata").path("ownerReferences")) {
            if ("DaemonSet".equals(owner.path("kind").textValue())
                    && owner.path("controller").asBoolean(false)) {
                traits.add(new PodTrait.DaemonSetPod());
            }
        }
        if (pod.path("metadata").path("annotations").hasNonNull(PodTrait.MirrorPod.ANNOTATION)) {
            traits.add(new PodTrait.MirrorPod());
        }
        List<String> claims = new ArrayList<>();
        for (JsonNode volume : pod.path("spec").path("volumes")) {
            String claim =
                    volume.path("persistentVolumeClaim").path("claimName").textValue();
            if (claim != null) {
                claims.add(claim);
            }
        }
        return new PodManifest(pod.path("spec").path("priority").asInt(0), traits, claims);
    }
}
