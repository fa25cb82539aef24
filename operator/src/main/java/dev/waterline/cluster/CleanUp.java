package dev.waterline.cluster;

import dev.waterline.api.v1alpha1.PriorityWaterline;
import dev.waterline.arbiter.NodeMarks.Mark;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes everything of ours out of a cluster in which no operator runs any more. Each step can be repeated, and finds from the
 * cluster alone what is left to do. Tolerations stay on pods: without a taint they are harmless, and Kubernetes does not let
 * them be removed.
 */
public final class CleanUp {
    private static final String API = "/apis/admissionregistration.k8s.io/v1/";
    private static final String FINALIZER = "waterline.dev/thaw";
    private static final int ATTEMPTS = 10;
    private static final Logger log = LoggerFactory.getLogger(CleanUp.class);

    private final KubernetesClient client;
    private final String taintKey;

    public CleanUp(KubernetesClient client, String taintKey) {
        this.client = client;
        this.taintKey = taintKey;
    }

    /**
     * First of all the webhooks, which could stand in everybody's way, then the nodes.
     *
     * @return names of nodes that still carry something of ours, because they could not be written
     */
    public List<String> thaw() {
        // The configuration may remember a key that this process was not told.
        var keys = new TreeSet<>(Set.of(taintKey));
        new TaintKeyRecord(client).read().ifPresent(keys::add);
        var admission = client.admissionRegistration().v1();
        delete(
                "validatingwebhookconfigurations",
                admission.validatingWebhookConfigurations().withName(GuardConfiguration.NAME)::get);
        delete(
                "mutatingwebhookconfigurations",
                admission.mutatingWebhookConfigurations().withName(TolerationWebhook.NAME)::get);
        var left = new ArrayList<String>();
        keys.forEach(key -> left.addAll(thaw(key)));
        return left;
    }

    /** The policy that adds tolerations; nothing where the API server does not serve policies. */
    public void removePolicies() {
        var admission = client.admissionRegistration().v1();
        delete(
                "mutatingadmissionpolicybindings",
                admission.mutatingAdmissionPolicyBindings().withName(TolerationPolicy.NAME)::get);
        delete(
                "mutatingadmissionpolicies",
                admission.mutatingAdmissionPolicies().withName(TolerationPolicy.NAME)::get);
    }

    /** Nobody is left who would take the finalizer off, so that deleting a PriorityWaterline would wait for ever. */
    public void releaseWaterlines() {
        var waterlines = client.resources(PriorityWaterline.class);
        for (var waterline : listed()) {
            var finalizers = Objects.requireNonNullElse(waterline.getMetadata().getFinalizers(), List.<String>of());
            int ours = finalizers.indexOf(FINALIZER);
            if (ours >= 0) {
                var name = waterline.getMetadata().getName();
                waterlines.withName(name).patch(context(), """
                                [{"op":"test","path":"/metadata/finalizers/%1$d","value":"%2$s"},
                                 {"op":"remove","path":"/metadata/finalizers/%1$d"}]""".formatted(ours, FINALIZER));
                log.info("Released PriorityWaterline {}", name);
            }
        }
    }

    private List<PriorityWaterline> listed() {
        try {
            return client.resources(PriorityWaterline.class).list().getItems();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return List.of();
            }
            throw e;
        }
    }

    private List<String> thaw(String key) {
        var writer = new NodeMarkWriter(client, key);
        var left = new ArrayList<String>();
        String next = "";
        do {
            var page = client.nodes()
                    .list(new ListOptionsBuilder()
                            .withLimit(500L)
                            .withContinue(next.isEmpty() ? null : next)
                            .build());
            page.getItems().stream()
                    .filter(node -> !NodeSummary.mark(node, key).equals(Mark.NONE))
                    .filter(node -> !thaw(writer, node))
                    .map(node -> node.getMetadata().getName())
                    .forEach(left::add);
            next = Objects.requireNonNullElse(page.getMetadata().getContinue(), "");
        } while (!next.isEmpty());
        return left;
    }

    /** One node that cannot be written must not keep the others frozen. */
    private static boolean thaw(NodeMarkWriter writer, Node node) {
        var name = node.getMetadata().getName();
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                if (writer.put(name, Mark.NONE)) {
                    log.info("Thawed node {}", name);
                    return true;
                }
            }
            log.warn("Node {} is written by others all the while; it stays frozen", name);
        } catch (KubernetesClientException e) {
            log.warn("Could not thaw node {}: {}", name, e.getMessage());
        }
        return false;
    }

    private void delete(String plural, Supplier<? extends HasMetadata> read) {
        var writes = new PreconditionedWrites(client, API + plural);
        for (int attempt = 1; ; attempt++) {
            var present = Optional.ofNullable(read.get());
            try {
                present.ifPresent(writes::delete);
                present.ifPresent(object ->
                        log.info("Deleted {} {}", plural, object.getMetadata().getName()));
                return;
            } catch (KubernetesClientException e) {
                if (e.getCode() != HttpURLConnection.HTTP_CONFLICT || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static PatchContext context() {
        var context = PatchContext.of(PatchType.JSON);
        context.setFieldManager(FieldManager.NAME);
        return context;
    }
}
