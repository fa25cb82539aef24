package dev.waterline.benchmark;

import static dev.waterline.benchmark.Distribution.seconds;

import dev.waterline.api.v1alpha1.PriorityWaterline;
import dev.waterline.load.Churn;
import dev.waterline.load.Pace;
import dev.waterline.observer.GuardTimeline;
import dev.waterline.observer.Marks;
import dev.waterline.report.Promise;
import dev.waterline.testbed.NodeCapacity;
import dev.waterline.testbed.OperatorInstallation;
import dev.waterline.testbed.OperatorProcess;
import dev.waterline.testbed.Testbed;
import dev.waterline.testbed.TestbedOptions;
import dev.waterline.testbed.User;
import dev.waterline.testbed.audit.AuditRecord;
import dev.waterline.testbed.process.Deadline;
import dev.waterline.testbed.process.TestbedException;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** Many nodes turn hot at once in a busy cluster. */
final class PressureBenchmark {
    private static final Duration SET_UP_WITHIN = Duration.ofMinutes(10);
    private static final Duration POLL = Duration.ofSeconds(5);
    private static final Duration CLOSED_WITHIN = Duration.ofMinutes(2);
    private static final Duration CALM = Duration.ofSeconds(30);
    private static final Duration AT_REST = Duration.ofSeconds(60);
    private static final int CHURN_A_SECOND = 40;
    private static final Duration CHURN_FOR = Duration.ofSeconds(30);
    private static final String NAMESPACE = "scale";
    private static final Pattern SINCE = Pattern.compile("\"since\":\"([^\"]+)\"");

    private final int nodes;
    private final int pods;
    private final int hot;
    private final PrintWriter out;

    PressureBenchmark(int nodes, int pods, int hot, PrintWriter out) {
        this.nodes = nodes;
        this.pods = pods;
        this.hot = hot;
        this.out = out;
    }

    String title() {
        return "%,d nodes, %,d pods, %d nodes hot at once; operator with %s"
                .formatted(nodes, pods, hot, String.join(" ", OperatorInstallation.JVM_ARGUMENTS));
    }

    List<Promise> run() {
        try (var testbed = Testbed.start(TestbedOptions.standard(), this::tell)) {
            var names = testbed.nodes().create(nodes, "scale", Map.of("pool", "scale"), NodeCapacity.STANDARD);
            names.forEach(node -> testbed.exporter().node(node).utilisation(0.3));
            tell("%,d nodes ready", names.size());
            var installation = new OperatorInstallation(testbed.client(), testbed::tool);
            installation.install();
            var operator = testbed.startOperator(installation.launch(
                    testbed.kubeconfig(User.OPERATOR), testbed.prometheus().uri()));
            populate(testbed);
            try (var churn = new Churn(testbed.client(), NAMESPACE, CHURN_A_SECOND)) {
                return measure(testbed, operator, names.subList(0, hot), churn);
            }
        }
    }

    private void populate(Testbed testbed) {
        testbed.createNamespace(NAMESPACE);
        apply(testbed.client(), """
                apiVersion: scheduling.k8s.io/v1
                kind: PriorityClass
                metadata: {name: batch-low}
                value: 100
                ---
                apiVersion: scheduling.k8s.io/v1
                kind: PriorityClass
                metadata: {name: banking-critical}
                value: 100000
                ---
                %s
                ---
                %s
                """.formatted(
                        deployment("batch", "batch-low", pods - pods / 5),
                        deployment("settlement", "banking-critical", pods / 5)));
        // A fake kubelet that has failed to report a pod takes minutes to try again.
        int most = pods - pods / 50;
        until("%,d pods are running".formatted(most), SET_UP_WITHIN, () -> running(testbed.client()) >= most);
        testbed.client()
                .resource(Serialization.unmarshal("""
                        apiVersion: waterline.dev/v1alpha1
                        kind: PriorityWaterline
                        metadata: {name: scale}
                        spec:
                          interval: 1s
                          nodeSelector: {matchLabels: {pool: scale}}
                          signals: [{name: cpu, halfLife: 0s, maxAge: 5s, lag: 5s, prometheus: {query: node_utilisation_ratio}}]
                          tiers:
                          - {name: best-effort, waterlines: [{signal: cpu, freezeAbove: 70, thawBelow: 62}]}
                          - {name: standard, minPriority: 1000, waterlines: [{signal: cpu, freezeAbove: 78, thawBelow: 70}]}
                          - {name: important, minPriority: 10000, waterlines: [{signal: cpu, freezeAbove: 86, thawBelow: 78}]}
                          - {name: critical, priorityClassName: banking-critical}
                          timing: {freezeAfter: 2s, thawAfter: 60s, minHold: 300s, panicAbove: 99}
                        """, PriorityWaterline.class))
                .create();
        until("the waterline is enforced", CLOSED_WITHIN, () -> isEnforced(testbed.client()));
    }

    private List<Promise> measure(Testbed testbed, OperatorProcess operator, List<String> turning, Churn churn) {
        churn.begin();
        Pace.pause(Duration.ofSeconds(10));
        var from = Instant.now();
        tell("%d nodes turn hot", turning.size());
        turning.forEach(node -> testbed.exporter().node(node).utilisation(0.9));
        until("every hot node is tainted", CLOSED_WITHIN, () -> tainted(testbed.client()) >= turning.size());
        var decided = decided(testbed.client(), turning);
        Pace.pause(CHURN_FOR);
        churn.close();
        tell("The churn ends");
        Pace.pause(CALM);
        var resting = Instant.now();
        tell("At rest");
        Pace.pause(AT_REST);
        var written = writes(testbed, resting);
        var memory = ResidentMemory.of(operator.pid());

        var acknowledged = GuardTimeline.read(testbed.audit(), 1).acknowledgedAfter(from);
        var taints = taints(testbed, from);
        var toGuard = Distribution.of(decided.entrySet().stream()
                .filter(node -> acknowledged.containsKey(node.getKey()))
                .map(node -> Duration.between(node.getValue(), acknowledged.get(node.getKey())))
                .toList());
        var toTaint = Distribution.of(decided.entrySet().stream()
                .filter(node -> taints.containsKey(node.getKey()))
                .map(node -> Duration.between(node.getValue(), taints.get(node.getKey())))
                .toList());
        var denials = Denials.of(bindings(testbed, from));
        return List.of(
                new Promise(
                        "decided -> guard acknowledged",
                        "all within 1 s",
                        toGuard.toString(),
                        toGuard.sorted().size() == hot && toGuard.max().compareTo(Duration.ofSeconds(1)) <= 0),
                new Promise(
                        "decided -> tainted",
                        "all within 15 s",
                        toTaint.toString(),
                        toTaint.sorted().size() == hot && toTaint.max().compareTo(Duration.ofSeconds(15)) <= 0),
                new Promise(
                        "denied pods are bound elsewhere",
                        "all; delay stated",
                        "%d of %d, %s".formatted(denials.delays().sorted().size(), denials.denied(), denials.delays()),
                        denials.delays().sorted().size() >= denials.denied()),
                new Promise(
                        "writes at rest, leases aside",
                        "none in " + seconds(AT_REST),
                        written.isEmpty()
                                ? "none"
                                : written.size() + ", first "
                                        + written.getFirst().requestUri(),
                        written.isEmpty()),
                new Promise(
                        "resident memory",
                        "<= 256 MiB",
                        "%d MiB, at most %d MiB".formatted(memory.nowMiB(), memory.peakMiB()),
                        memory.nowMiB() <= 256));
    }

    /** When the operator decided, as it notes on the node itself. */
    private static Map<String, Instant> decided(KubernetesClient client, List<String> turning) {
        var decided = new HashMap<String, Instant>();
        for (var node : client.nodes().list().getItems()) {
            var text = Objects.requireNonNullElse(node.getMetadata().getAnnotations(), Map.<String, String>of())
                    .getOrDefault("waterline.dev/freeze", "");
            if (turning.contains(node.getMetadata().getName())) {
                SINCE.matcher(text)
                        .results()
                        .map(match -> Instant.parse(match.group(1)))
                        .min(Instant::compareTo)
                        .ifPresent(since -> decided.put(node.getMetadata().getName(), since));
            }
        }
        return decided;
    }

    private static List<AuditRecord> writes(Testbed testbed, Instant from) {
        return testbed.audit().writesBy(Marks.OPERATOR, from, Instant.now()).stream()
                .filter(write -> !write.resource().equals("leases"))
                .toList();
    }

    private static List<AuditRecord> bindings(Testbed testbed, Instant from) {
        try (var records = testbed.audit().records()) {
            return records.filter(record -> record.isBinding() && !record.dryRun())
                    .filter(record -> record.received().isAfter(from))
                    .toList();
        }
    }

    /** When each node was first written by the operator. */
    private static Map<String, Instant> taints(Testbed testbed, Instant from) {
        var taints = new HashMap<String, Instant>();
        testbed.audit().writesBy(Marks.OPERATOR, from, Instant.now()).stream()
                .filter(write -> write.resource().equals("nodes"))
                .forEach(write -> taints.merge(write.name(), write.completed(), (a, b) -> a.isBefore(b) ? a : b));
        return taints;
    }

    private static long tainted(KubernetesClient client) {
        return client.nodes().list().getItems().stream()
                .filter(node ->
                        node.getSpec().getTaints().stream().anyMatch(taint -> Marks.TAINT_KEY.equals(taint.getKey())))
                .count();
    }

    private static int running(KubernetesClient client) {
        return client.apps().deployments().inNamespace(NAMESPACE).list().getItems().stream()
                .mapToInt(deployment -> deployment.getStatus() == null
                        ? 0
                        : Objects.requireNonNullElse(deployment.getStatus().getReadyReplicas(), 0))
                .sum();
    }

    private static boolean isEnforced(KubernetesClient client) {
        var status = client.resources(PriorityWaterline.class)
                .withName("scale")
                .require()
                .getStatus();
        return status != null
                && status.conditions().stream()
                        .anyMatch(condition ->
                                "Enforced".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }

    private static String deployment(String name, String priorityClass, int replicas) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: NAME, namespace: scale}
                spec:
                  replicas: REPLICAS
                  selector: {matchLabels: {app: NAME}}
                  template:
                    metadata: {labels: {app: NAME}}
                    spec:
                      priorityClassName: CLASS
                      terminationGracePeriodSeconds: 0
                      containers:
                      - {name: main, image: example.org/none, resources: {requests: {cpu: 100m, memory: 64Mi}}}
                """.replace("NAME", name)
                .replace("REPLICAS", Integer.toString(replicas))
                .replace("CLASS", priorityClass)
                .strip();
    }

    private static void apply(KubernetesClient client, String yaml) {
        client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .items()
                .forEach(object -> client.resource(object).create());
    }

    private void until(String what, Duration within, BooleanSupplier condition) {
        // A list of everything is work for the API server too, and it is measured meanwhile.
        if (!Deadline.after(within).await(POLL, condition)) {
            throw new TestbedException("Not within " + within.toSeconds() + " s: " + what);
        }
        tell("Now %s", what);
    }

    private void tell(String format, Object... values) {
        out.printf(format + "%n", values);
        out.flush();
    }

    private void tell(String line) {
        tell("%s", line);
    }
}
