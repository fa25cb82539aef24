package dev.waterline.cluster;

import io.fabric8.kubernetes.api.model.admissionregistration.v1.RuleWithOperationsBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The webhooks of the bind guard: one entry for each floor and chunk of nodes.
 *
 * <p>The node names stand in {@code matchConditions}, so the API server itself lets every bind to other nodes pass without a
 * call. The floor stands in the path, so the handler is stateless and any replica may answer. One entry judges Bindings and
 * pods that are created with {@code spec.nodeName} alike: two entries would say every name twice, and 5,000 names of the
 * greatest length would no longer fit into one object.
 *
 * <p>All entries stand in one object, which an API server loads as a whole. So one sentinel in one of them shows which
 * generation of all of them is in force. Its Binding also makes the API server compile every entry, which it does once for
 * each generation and only when a request comes that they are about; so no pod pays for that.
 */
final class GuardConfiguration {
    static final String NAME = "waterline-bind-guard";
    static final String GENERATION = "waterline.dev/guard-generation";

    /** CEL's parser takes no longer expression (cel-go, parser/parser.go, expressionSizeCodePointLimit). */
    static final int EXPRESSION_CODE_POINTS = 100_000;

    /**
     * For the names of one entry, with quotes and commas; the rest of the expression has room beside it. Every request that
     * binds or creates a pod is held against each entry, so few large ones cost less than many small ones.
     */
    private static final int CHUNK_CODE_POINTS = 90_000;

    private static final int AROUND_A_NAME = "'',".length();

    private static final Pattern QUOTED = Pattern.compile("'([^']+)'");
    private static final Pattern FLOOR = Pattern.compile("^floor-(\\d{1,10})-\\d+\\.bind\\.waterline\\.dev$");
    private static final String NODES = "frozen-nodes";

    /** Of a Binding or of a pod. A pod that leaves the choice to the scheduler has none. */
    private static final String NODE =
            "(has(object.target) ? object.target.name : has(object.spec.nodeName) ? object.spec.nodeName : \"\")";

    private GuardConfiguration() {}

    /** Node names by floor, as a configuration holds them; probe names left out. */
    static Map<Integer, NavigableSet<String>> read(ValidatingWebhookConfiguration configuration) {
        var nodes = new TreeMap<Integer, NavigableSet<String>>();
        for (var webhook : Objects.requireNonNullElse(configuration.getWebhooks(), List.<ValidatingWebhook>of())) {
            var name = FLOOR.matcher(webhook.getName());
            if (name.matches() && Long.parseLong(name.group(1)) <= Integer.MAX_VALUE) {
                var names = nodes.computeIfAbsent(Integer.valueOf(name.group(1)), _ -> new TreeSet<>());
                webhook.getMatchConditions().stream()
                        .filter(condition -> NODES.equals(condition.getName()))
                        .flatMap(condition ->
                                QUOTED.matcher(condition.getExpression()).results())
                        .map(match -> match.group(1))
                        .filter(node -> !ProbeName.isProbe(node))
                        .forEach(names::add);
            }
        }
        return nodes;
    }

    static long generation(ValidatingWebhookConfiguration configuration) {
        var annotations =
                Objects.requireNonNullElse(configuration.getMetadata().getAnnotations(), Map.<String, String>of());
        var text = annotations.getOrDefault(GENERATION, "0");
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }

    /**
     * @param ownNamespace exempt, so that the operator can always be scheduled; only the probe is not
     * @param client how the API server reaches the path of a floor
     */
    static List<ValidatingWebhook> webhooks(
            Map<Integer, NavigableSet<String>> nodesByFloor,
            long generation,
            String ownNamespace,
            IntFunction<WebhookClientConfig> client) {
        var probe = ProbeName.of(generation);
        var webhooks = new ArrayList<ValidatingWebhook>();
        // In one order whatever the caller's, so that what is read can be compared with what would be written.
        new TreeMap<>(nodesByFloor).forEach((floor, nodes) -> {
            var chunks = chunks(nodes);
            for (int i = 0; i < chunks.size(); i++) {
                var names = new ArrayList<>(chunks.get(i));
                if (webhooks.isEmpty()) {
                    names.add(probe);
                }
                webhooks.add(webhook(floor, i, names, probe, ownNamespace, client.apply(floor)));
            }
        });
        return webhooks;
    }

    /** In order, each as long as an expression may be. */
    private static List<List<String>> chunks(NavigableSet<String> names) {
        var chunks = new ArrayList<List<String>>();
        int room = 0;
        for (var name : names) {
            int length = name.codePointCount(0, name.length()) + AROUND_A_NAME;
            if (chunks.isEmpty() || length > room) {
                chunks.add(new ArrayList<>());
                room = CHUNK_CODE_POINTS;
            }
            chunks.getLast().add(name);
            room -= length;
        }
        return chunks;
    }

    private static ValidatingWebhook webhook(
            int floor, int chunk, List<String> names, String probe, String ownNamespace, WebhookClientConfig client) {
        var list = names.stream().map(name -> "'" + name + "'").collect(Collectors.joining(","));
        return new ValidatingWebhookBuilder()
                .withName("floor-%d-%d.bind.waterline.dev".formatted(floor, chunk))
                .withRules(new RuleWithOperationsBuilder()
                        .withApiGroups("")
                        .withApiVersions("v1")
                        .withOperations("CREATE")
                        .withResources("pods/binding", "bindings", "pods")
                        .withScope("Namespaced")
                        .build())
                .addNewMatchCondition()
                .withName(NODES)
                .withExpression(NODE + " in [" + list + "]")
                .endMatchCondition()
                .addNewMatchCondition()
                .withName("not-the-operator")
                .withExpression("request.namespace != '" + ownNamespace + "' || " + NODE + " == '" + probe + "'")
                .endMatchCondition()
                .withClientConfig(client)
                .withFailurePolicy("Ignore")
                .withMatchPolicy("Equivalent")
                .withSideEffects("None")
                .withTimeoutSeconds(1)
                .withAdmissionReviewVersions("v1")
                .build();
    }
}
