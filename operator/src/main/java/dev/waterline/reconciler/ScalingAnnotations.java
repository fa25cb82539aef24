package dev.waterline.reconciler;

import dev.waterline.decision.scaling.Switches;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What people have switched by annotation, under our prefix or KEDA's. Nothing is latched: they are looked at on each pass.
 *
 * @param problem what is wrong with one of them; until it is corrected the count stays as it is
 */
record ScalingAnnotations(Switches switches, Optional<String> problem) {
    private static final List<String> PREFIXES = List.of("waterline.dev/", "autoscaling.keda.sh/");

    /** As KEDA has it, any other value, an empty one too, is a wish. */
    private static final Set<String> OFF = Set.of("false", "f", "0");

    private static final String COUNT = "0|[1-9][0-9]{0,8}";

    static ScalingAnnotations of(HasMetadata resource) {
        var annotations = Objects.requireNonNullElse(resource.getMetadata().getAnnotations(), Map.<String, String>of());
        var count = names("paused-replicas").filter(annotations::containsKey).findFirst();
        var problem = count.filter(name -> !annotations.getOrDefault(name, "").matches(COUNT))
                .map(name ->
                        "Annotation %s must be a whole number of at least 0 in quotes, not \"%s\": correct or remove it"
                                .formatted(name, annotations.getOrDefault(name, "")));
        var at = count.filter(_ -> problem.isEmpty()).map(annotations::get).map(Integer::parseInt);
        var pause = count.or(() -> set(annotations, "paused"))
                .map(name -> new Switches.Pause(
                        "annotation " + name, at.map(OptionalInt::of).orElse(OptionalInt.empty())));
        return new ScalingAnnotations(
                new Switches(
                        pause,
                        set(annotations, "paused-scale-in").map("annotation "::concat),
                        set(annotations, "paused-scale-out").map("annotation "::concat),
                        set(annotations, "force-activation").map("annotation "::concat)),
                problem);
    }

    private static Optional<String> set(Map<String, String> annotations, String suffix) {
        return names(suffix)
                .filter(name -> annotations.containsKey(name)
                        && !OFF.contains(annotations.get(name).toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    private static Stream<String> names(String suffix) {
        return PREFIXES.stream().map(prefix -> prefix + suffix);
    }
}
