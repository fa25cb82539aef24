package dev.waterline.cluster;

import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/** Every PriorityClass of the cluster. */
public final class PriorityClasses implements AutoCloseable {
    private final SummaryIndex<PriorityClass, Value> index;

    private record Value(String name, String uid, String resourceVersion, int value, boolean isDefault)
            implements Summary {
        @Override
        public String namespace() {
            return "";
        }
    }

    public PriorityClasses(KubernetesClient client) {
        Informable<PriorityClass> classes = client.scheduling().v1().priorityClasses();
        this.index = new SummaryIndex<>(
                classes,
                c -> new Value(
                        c.getMetadata().getName(),
                        c.getMetadata().getUid(),
                        c.getMetadata().getResourceVersion(),
                        Objects.requireNonNullElse(c.getValue(), 0),
                        Boolean.TRUE.equals(c.getGlobalDefault())),
                PriorityClass::new);
    }

    public void start() {
        index.start();
    }

    public boolean isSynced() {
        return index.isSynced();
    }

    /** A class came, changed or went. */
    public void onChange(Runnable listener) {
        index.onChange(_ -> listener.run());
    }

    /** Empty if there is no such class. */
    public OptionalInt value(String name) {
        return index.get("", name).stream().mapToInt(Value::value).findFirst();
    }

    /** The priority of pods that name no class. Of several defaults the lowest holds, as in Kubernetes. */
    public int defaultValue() {
        return index.all().stream()
                .filter(Value::isDefault)
                .mapToInt(Value::value)
                .min()
                .orElse(0);
    }

    /** Name of the class with the lowest value that is not below the floor. */
    Optional<String> lowestReaching(int floor) {
        return index.all().stream()
                .filter(c -> c.value() >= floor)
                .min(Comparator.comparingInt(Value::value).thenComparing(Value::name))
                .map(Value::name);
    }

    @Override
    public void close() {
        index.close();
    }
}
