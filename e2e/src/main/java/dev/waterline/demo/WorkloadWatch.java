package dev.waterline.demo;

import dev.waterline.api.v1alpha1.ScaledWorkload;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Optional;
import java.util.function.Consumer;

/** Watches what a ScaledWorkload says of itself. */
final class WorkloadWatch implements AutoCloseable {
    private final Consumer<String> onDecision;
    private final SharedIndexInformer<ScaledWorkload> informer;
    private volatile Optional<ScaledWorkload> latest = Optional.empty();
    private volatile String decidedAt = "";

    /** @param onDecision told the sentence of each new decision */
    WorkloadWatch(KubernetesClient client, String namespace, String name, Consumer<String> onDecision) {
        this.onDecision = onDecision;
        this.informer = client.resources(ScaledWorkload.class)
                .inNamespace(namespace)
                .withName(name)
                .inform(new ResourceEventHandler<>() {
                    @Override
                    public void onAdd(ScaledWorkload workload) {
                        seen(workload);
                    }

                    @Override
                    public void onUpdate(ScaledWorkload before, ScaledWorkload workload) {
                        seen(workload);
                    }

                    @Override
                    public void onDelete(ScaledWorkload workload, boolean unknown) {
                        latest = Optional.empty();
                    }
                });
    }

    Optional<Condition> condition(String type) {
        return latest.map(ScaledWorkload::getStatus).stream()
                .flatMap(status -> status.conditions().stream())
                .filter(condition -> condition.getType().equals(type))
                .findFirst();
    }

    /** Status and reason, such as {@code False (NoServer)}. */
    String conditionText(String type) {
        return condition(type)
                .map(condition -> condition.getStatus() + " (" + condition.getReason() + ")")
                .orElse("not yet known");
    }

    private void seen(ScaledWorkload workload) {
        latest = Optional.of(workload);
        if (workload.getStatus() == null || workload.getStatus().lastDecision() == null) {
            return;
        }
        var decision = workload.getStatus().lastDecision();
        if (!decision.at().equals(decidedAt)) {
            decidedAt = decision.at();
            onDecision.accept(decision.message());
        }
    }

    @Override
    public void close() {
        informer.close();
    }
}
