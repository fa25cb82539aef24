package dev.waterline.e2e;

import dev.waterline.api.v1alpha1.PriorityWaterline;
import dev.waterline.testbed.NodeCapacity;
import dev.waterline.testbed.Testbed;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Nodes of one test and the PriorityWaterline over them, with timings short enough for a test: hot for 2 s freezes, cool for
 * 3 s thaws, 5 s after the node was last hot at the earliest.
 */
record Pool(Testbed testbed, String name, List<String> nodes) {
    static final String TAINT = "status-taint.cluster-autoscaler.kubernetes.io/waterline";
    static final int FLOOR = 1000;

    static Pool of(Testbed testbed, String name, int nodes) {
        var names = testbed.nodes().create(nodes, name, Map.of("pool", name), NodeCapacity.STANDARD);
        names.forEach(node -> testbed.exporter().node(node).utilisation(0.3));
        return new Pool(testbed, name, names);
    }

    KubernetesClient client() {
        return testbed.client();
    }

    /** Creates the waterline, or replaces the one that there is. */
    PriorityWaterline waterline(String changes) {
        var resource = Serialization.unmarshal(yaml(changes), PriorityWaterline.class);
        return client().resource(resource).forceConflicts().fieldManager("test").serverSideApply();
    }

    /**
     * The waterline's YAML, with lines of the default spec replaced by those changes that begin with the same key, and the others
     * added.
     */
    String yaml(String changes) {
        var yaml = """
                apiVersion: waterline.dev/v1alpha1
                kind: PriorityWaterline
                metadata:
                  name: NAME
                spec:
                  mode: Enforce
                  interval: 1s
                  nodeSelector: {matchLabels: {pool: NAME}}
                  signals: [{name: cpu, halfLife: 0s, maxAge: 5s, lag: 0s, prometheus: {query: node_utilisation_ratio}}]
                  tiers: [{name: standard, waterlines: [{signal: cpu, freezeAbove: 82, thawBelow: 75}]}, {name: critical, minPriority: 1000}]
                  timing: {freezeAfter: 2s, thawAfter: 3s, minHold: 5s, panicAbove: 99, thawPercentPerMinute: 100}
                  onOutage: {hold: 5m, then: Thaw}
                  windows: []
                """.replace("NAME", name);
        for (var change : changes.lines().filter(line -> !line.isBlank()).toList()) {
            var key = change.strip().substring(0, change.strip().indexOf(':') + 1);
            boolean isNew = yaml.lines().noneMatch(line -> line.strip().startsWith(key));
            yaml = yaml.lines()
                            .map(line -> line.strip().startsWith(key)
                                            && !line.strip().startsWith("name:")
                                    ? "  " + change.strip()
                                    : line)
                            .reduce("", (text, line) -> text + line + "\n")
                    + (isNew ? "  " + change.strip() + "\n" : "");
        }
        return yaml;
    }

    PriorityWaterline current() {
        return client().resources(PriorityWaterline.class).withName(name).require();
    }

    void heat(String node, double ratio) {
        testbed.exporter().node(node).utilisation(ratio);
    }

    Node node(String node) {
        return client().nodes().withName(node).require();
    }

    /** The floor that a node's taint carries. */
    Optional<Integer> floor(String node) {
        return node(node).getSpec().getTaints().stream()
                .filter(taint -> taint.getKey().equals(TAINT))
                .map(Taint::getValue)
                .map(Integer::valueOf)
                .findFirst();
    }

    /** The names that the guard's configuration holds. */
    boolean isGuarded(String node) {
        var guard = client().admissionRegistration()
                .v1()
                .validatingWebhookConfigurations()
                .withName("waterline-bind-guard")
                .get();
        return guard != null
                && guard.getWebhooks().stream()
                        .flatMap(webhook -> webhook.getMatchConditions().stream())
                        .anyMatch(condition -> condition.getExpression().contains("'" + node + "'"));
    }

    String condition(String type) {
        var status = current().getStatus();
        return status == null
                ? ""
                : status.conditions().stream()
                        .filter(condition -> condition.getType().equals(type))
                        .map(condition -> condition.getStatus() + "/" + condition.getReason())
                        .findFirst()
                        .orElse("");
    }
}
