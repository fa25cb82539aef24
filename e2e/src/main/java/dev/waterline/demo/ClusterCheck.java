package dev.waterline.demo;

import dev.waterline.testbed.OperatorInstallation;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What somebody's own cluster lacks for the play, a sentence each.
 *
 * @param always without it nothing can be played
 * @param forSettlement without it the settlement cannot be played
 */
record ClusterCheck(List<String> always, List<String> forSettlement) {
    static final List<String> NAMESPACES = List.of(
            "batch", "services", SettlementJobs.NAMESPACE, PaymentProcessor.NAMESPACE, OperatorInstallation.NAMESPACE);
    private static final String ADMISSION = "admissionregistration.k8s.io";

    /** A right that the play uses, cluster-wide. */
    private record Right(String verb, String group, String resource) {
        @Override
        public String toString() {
            return verb + " " + resource + (group.isEmpty() ? "" : "." + group);
        }
    }

    private static final List<Right> RIGHTS = List.of(
            new Right("create", "apiextensions.k8s.io", "customresourcedefinitions"),
            new Right("create", "", "namespaces"),
            new Right("delete", "", "namespaces"),
            new Right("create", "", "nodes"),
            new Right("delete", "", "nodes"),
            new Right("patch", "", "nodes/status"),
            new Right("patch", "", "pods/status"),
            new Right("delete", "", "pods"),
            new Right("create", "", "serviceaccounts/token"),
            new Right("create", "apps", "deployments"),
            new Right("create", "batch", "jobs"),
            new Right("create", "scheduling.k8s.io", "priorityclasses"),
            new Right("create", "coordination.k8s.io", "leases"),
            new Right("create", "rbac.authorization.k8s.io", "clusterroles"),
            new Right("escalate", "rbac.authorization.k8s.io", "clusterroles"),
            new Right("create", "rbac.authorization.k8s.io", "clusterrolebindings"),
            new Right("delete", ADMISSION, "validatingwebhookconfigurations"),
            new Right("delete", ADMISSION, "mutatingwebhookconfigurations"),
            new Right("delete", ADMISSION, "mutatingadmissionpolicies"),
            new Right("create", ADMISSION, "validatingadmissionpolicies"),
            new Right("delete", ADMISSION, "validatingadmissionpolicies"),
            new Right("delete", ADMISSION, "validatingadmissionpolicybindings"));

    static ClusterCheck of(KubernetesClient client, @Nullable URI webhookUrl) {
        var always = new ArrayList<String>();
        rights(client, always);
        strangers(client, always);
        var settlement = new ArrayList<String>();
        if (webhookUrl == null) {
            settlement.add(
                    "It needs --webhook-url https://<address>:<port>: an address of this machine that the cluster's API"
                            + " server can reach, since the operator and its bind guard run here for the play. For kind and"
                            + " minikube that is the gateway of their network.");
        }
        return new ClusterCheck(List.copyOf(always), List.copyOf(settlement));
    }

    private static void rights(KubernetesClient client, List<String> missing) {
        var denied = RIGHTS.stream().filter(right -> !allowed(client, right)).toList();
        if (!denied.isEmpty()) {
            missing.add("Your kubeconfig's user may not: "
                    + denied.stream().map(Right::toString).collect(Collectors.joining(", "))
                    + ". Use a cluster-admin of a cluster that is yours to play with.");
        }
    }

    private static boolean allowed(KubernetesClient client, Right right) {
        var parts = right.resource().split("/", 2);
        var review = client.authorization()
                .v1()
                .selfSubjectAccessReview()
                .create(new SelfSubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withNewResourceAttributes()
                        .withVerb(right.verb())
                        .withGroup(right.group())
                        .withResource(parts[0])
                        .withSubresource(parts.length > 1 ? parts[1] : "")
                        .endResourceAttributes()
                        .endSpec()
                        .build());
        return Boolean.TRUE.equals(review.getStatus().getAllowed());
    }

    /** What is there already and is not ours to touch. */
    private static void strangers(KubernetesClient client, List<String> missing) {
        var nodes =
                client.nodes().withLabels(Stage.NODE_LABEL).list().getItems().size();
        if (nodes > 0) {
            missing.add(
                    "%d nodes carry the label %s, and the play's waterline would freeze them: it brings fake nodes of its own."
                            .formatted(nodes, label(Stage.NODE_LABEL)));
        }
        var taken = NAMESPACES.stream()
                .filter(name -> client.namespaces().withName(name).get() != null)
                .toList();
        if (!taken.isEmpty()) {
            missing.add(
                    "The namespaces %s are there already; the play makes them and deletes them at the end, so remove them"
                                    .formatted(String.join(", ", taken))
                            + " (or an installed Waterline) first.");
        }
        var classes = List.of("batch-low", "standard-service", "banking-critical").stream()
                .filter(name -> client.scheduling()
                                .v1()
                                .priorityClasses()
                                .withName(name)
                                .get()
                        != null)
                .toList();
        if (!classes.isEmpty()) {
            missing.add("The PriorityClasses %s are there already; the play makes its own of these names."
                    .formatted(String.join(", ", classes)));
        }
        var crds = client.apiextensions().v1().customResourceDefinitions().list().getItems().stream()
                .filter(crd -> crd.getSpec().getGroup().equals("waterline.dev"))
                .count();
        if (crds > 0) {
            missing.add(
                    "The CRDs of waterline.dev are there already, and deleting them at the end would delete what is of"
                            + " them: use a cluster without Waterline.");
        }
    }

    private static String label(Map<String, String> label) {
        return label.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(","));
    }
}
