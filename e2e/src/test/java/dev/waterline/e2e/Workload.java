package dev.waterline.e2e;

import static org.awaitility.Awaitility.await;

import dev.waterline.api.v1alpha1.ScaledWorkload;
import dev.waterline.testbed.Testbed;
import dev.waterline.testbed.User;
import dev.waterline.testbed.audit.AuditRecord;
import dev.waterline.testbed.scenario.PlayedGauge;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.autoscaling.v1.Scale;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A namespace with one target, the gauge that it follows, and the ScaledWorkload between the two, which polls each second and
 * wants a replica for every 10 of the gauge. Unless a test says otherwise it neither waits nor slows down.
 *
 * @param name of the namespace and of everything in it
 * @param resources path of the target's kind, such as {@code apis/apps/v1/deployments}
 */
record Workload(Testbed testbed, String name, String resources) {
    private static final String DEPLOYMENTS = "apis/apps/v1/deployments";

    /** A Deployment and its gauge at 0, not scaled by anybody yet. */
    static Workload of(Testbed testbed, String name, int replicas) {
        var workload = withoutTarget(testbed, name);
        workload.create(workload.target("apps/v1", "Deployment", "", replicas));
        return workload;
    }

    static Workload withoutTarget(Testbed testbed, String name) {
        return withoutTarget(testbed, name, DEPLOYMENTS);
    }

    static Workload withoutTarget(Testbed testbed, String name, String resources) {
        testbed.createNamespace(name);
        var workload = new Workload(testbed, name, resources);
        workload.demand(0);
        return workload;
    }

    KubernetesClient client() {
        return testbed.client();
    }

    PlayedGauge demand() {
        return testbed.exporter().gauge("demand", Map.of("workload", name));
    }

    void demand(double value) {
        demand().set(value);
    }

    String query() {
        return "demand{workload=\"%s\"}".formatted(name);
    }

    /** Whether Prometheus has the gauge as it stands now. */
    boolean isScraped(double value) {
        var samples = testbed.prometheus().query(query());
        return samples.size() == 1 && Double.compare(samples.getFirst().value(), value) == 0;
    }

    /** Takes the gauge away, and returns when Prometheus has no value of it any more. */
    void withoutDemand() {
        demand().drop();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> testbed.prometheus().query(query()).isEmpty());
    }

    /** YAML of a workload of apps/v1. */
    String target(String apiVersion, String kind, String more, int replicas) {
        return """
                apiVersion: API
                kind: KIND
                metadata: {name: NAME, namespace: NAME}
                spec:
                  replicas: REPLICAS
                  MORE
                  selector: {matchLabels: {app: NAME}}
                  template:
                    metadata: {labels: {app: NAME}}
                    spec: {containers: [{name: main, image: example.org/none}]}
                """.replace("API", apiVersion)
                .replace("KIND", kind)
                .replace("REPLICAS", Integer.toString(replicas))
                .replace("MORE", more)
                .replace("NAME", name);
    }

    void create(String yaml) {
        client().resource(Serialization.unmarshal(yaml, GenericKubernetesResource.class))
                .create();
    }

    /** Creates the ScaledWorkload, or replaces the one that there is. */
    void scale(String changes) {
        client().resource(Serialization.unmarshal(yaml(changes), ScaledWorkload.class))
                .forceConflicts()
                .fieldManager("test")
                .serverSideApply();
    }

    /** The YAML, with lines of the default spec replaced by those changes that begin with the same key, and the rest added. */
    String yaml(String changes) {
        var spec = new HashMap<String, String>();
        Stream.concat(
                        defaults().lines(),
                        changes.replace("QUERY", query()).replace("NAME", name).lines())
                .filter(line -> !line.isBlank())
                .forEach(line -> spec.put(line.substring(0, line.indexOf(':')), line));
        return """
                apiVersion: waterline.dev/v1alpha1
                kind: ScaledWorkload
                metadata: {name: NAME, namespace: NAME}
                spec:
                """.replace("NAME", name) + "  " + String.join("\n  ", spec.values()) + "\n";
    }

    private String defaults() {
        return """
                scaleTargetRef: {name: NAME}
                pollingInterval: 1
                cooldownPeriod: 300
                advanced: {horizontalPodAutoscalerConfig: {behavior: {scaleUp: {policies: [{type: Pods, value: 1000, periodSeconds: 1}]}, scaleDown: {stabilizationWindowSeconds: 0}}}}
                triggers: [{type: prometheus, name: demand, metadata: {query: 'QUERY', threshold: "10"}}]
                """.replace("QUERY", query()).replace("NAME", name);
    }

    ScaledWorkload current() {
        return client().resources(ScaledWorkload.class)
                .inNamespace(name)
                .withName(name)
                .require();
    }

    void annotate(String key, String value) {
        Annotations.set(
                client().resources(ScaledWorkload.class).inNamespace(name).withName(name), key, value);
    }

    int replicas() {
        var path = "/" + resources.substring(0, resources.lastIndexOf('/')) + "/namespaces/" + name
                + resources.substring(resources.lastIndexOf('/')) + "/" + name + "/scale";
        var replicas = Serialization.unmarshal(client().raw(path), Scale.class)
                .getSpec()
                .getReplicas();
        return replicas == null ? 0 : replicas;
    }

    /** Status and reason, such as {@code True/Accepted}; empty if there is none. */
    String condition(String type) {
        return conditions()
                .filter(condition -> condition.getType().equals(type))
                .map(condition -> condition.getStatus() + "/" + condition.getReason())
                .findFirst()
                .orElse("");
    }

    String message(String type) {
        return conditions()
                .filter(condition -> condition.getType().equals(type))
                .map(io.fabric8.kubernetes.api.model.Condition::getMessage)
                .findFirst()
                .orElse("");
    }

    /** The sentence of the last decision; empty if there is none. */
    String decision() {
        var status = current().getStatus();
        return status == null || status.lastDecision() == null
                ? ""
                : status.lastDecision().message();
    }

    /** What the operator has written to the target's count since then. */
    List<AuditRecord> scaleWrites(Instant since) {
        return testbed.audit().writesBy(testbed.identity(User.OPERATOR).user().username(), since, Instant.MAX).stream()
                .filter(record -> record.subresource().equals("scale")
                        && record.namespace().equals(name))
                .toList();
    }

    List<String> notes(String reason) {
        return client().events().v1().events().inNamespace(name).list().getItems().stream()
                .filter(event -> reason.equals(event.getReason())
                        && name.equals(event.getRegarding().getName()))
                .map(Event::getNote)
                .toList();
    }

    private Stream<io.fabric8.kubernetes.api.model.Condition> conditions() {
        var status = current().getStatus();
        return status == null ? Stream.of() : status.conditions().stream();
    }
}
