package dev.waterline.demo;

import dev.waterline.api.v1alpha1.PriorityWaterline;
import dev.waterline.api.v1alpha1.ScaledWorkload;
import dev.waterline.load.Pace;
import dev.waterline.testbed.OperatorInstallation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Removes from somebody's cluster all that the play has put there, also on Ctrl-C. Only the first run does anything. */
final class BorrowedCleanUp implements Runnable {
    private static final Duration THAWED_WITHIN = Duration.ofSeconds(8);
    private static final Duration GONE_WITHIN = Duration.ofSeconds(30);
    private static final String GUARD = "waterline-bind-guard";
    private static final String POLICY = "waterline-tolerations";

    private final KubernetesClient client;
    private final Narrator narrator;
    private final AtomicBoolean armed = new AtomicBoolean();
    private final Thread hook = new Thread(this, "clean-up");

    BorrowedCleanUp(KubernetesClient client, Narrator narrator) {
        this.client = client;
        this.narrator = narrator;
    }

    /** From now on there is something to remove. */
    void arm() {
        armed.set(true);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public void run() {
        if (!armed.getAndSet(false)) {
            return;
        }
        narrator.tell("Removing from the cluster what the play has put there");
        step("the resources", this::resources);
        step(
                "the bind guard",
                () -> client.admissionRegistration()
                        .v1()
                        .validatingWebhookConfigurations()
                        .withName(GUARD)
                        .delete());
        step(
                "the webhook for tolerations",
                () -> client.admissionRegistration()
                        .v1()
                        .mutatingWebhookConfigurations()
                        .withName(POLICY)
                        .delete());
        step(
                "the policy binding",
                () -> client.admissionRegistration()
                        .v1()
                        .mutatingAdmissionPolicyBindings()
                        .withName(POLICY)
                        .delete());
        step(
                "the policy",
                () -> client.admissionRegistration()
                        .v1()
                        .mutatingAdmissionPolicies()
                        .withName(POLICY)
                        .delete());
        step("the payment story", () -> Manifests.delete(client, "payment.yaml"));
        step("the settlement story", () -> Manifests.delete(client, "settlement.yaml"));
        step("the pods", this::awaitNoPods);
        step("the fake nodes", () -> BorrowedNodes.delete(client));
        step("the installation", () -> OperatorInstallation.remove(client));
    }

    private void resources() {
        if (client.apiextensions()
                        .v1()
                        .customResourceDefinitions()
                        .withName("prioritywaterlines.waterline.dev")
                        .get()
                == null) {
            return;
        }
        var waterlines = client.resources(PriorityWaterline.class);
        client.resources(ScaledWorkload.class).inAnyNamespace().delete();
        waterlines.delete();
        if (!Pace.until(THAWED_WITHIN, () -> waterlines.list().getItems().isEmpty())) {
            // The operator no longer answers; the nodes go anyway, and with them what it has frozen.
            waterlines.list().getItems().forEach(this::releaseFinalizers);
        }
    }

    private void releaseFinalizers(HasMetadata object) {
        object.getMetadata().setFinalizers(List.of());
        client.resource(object).update();
    }

    private void awaitNoPods() {
        if (!Pace.until(
                GONE_WITHIN,
                () -> ClusterCheck.NAMESPACES.stream()
                        .allMatch(namespace -> client.pods()
                                .inNamespace(namespace)
                                .list()
                                .getItems()
                                .isEmpty()))) {
            narrator.tell("Some pods of the play take their time to end; their namespaces are being deleted");
        }
    }

    private void step(String what, Runnable removal) {
        try {
            removal.run();
        } catch (KubernetesClientException e) {
            narrator.tell("Not removed: %s (%s)".formatted(what, Main.reason(e)));
        }
    }
}
