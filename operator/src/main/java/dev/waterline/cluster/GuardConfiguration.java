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
 * call. The floor stands in the path, so the handler is stateless and any replica may answer. One expression may hold 100,000
 * code points; 500 names of 63 characters stay below half of that.
 */
final class GuardConfiguration {
    static final String NAME = "waterline-bind-guard";
    static final String GENERATION = "waterline.dev/guard-generation";

    private static final int CHUNK = 500;
    private static final Pattern QUOTED = Pattern.compile("'([^']+)'");
    private static final Pattern FLOOR = Pattern.compile("^floor-(\\d{1,10})-\\d+\\.bind\\.waterline\\.dev$");
    private static final String NODES = "frozen-nodes";

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
        nodesByFloor.forEach((floor, nodes) -> {
            var names = new ArrayList<>(nodes);
            for (int from = 0; from < names.size(); from += CHUNK) {
                var chunk = new ArrayList<>(names.subList(from, Math.min(names.size(), from + CHUNK)));
                if (webhooks.isEmpty()) {
                    chunk.add(probe);
                }
                webhooks.add(webhook(floor, from / CHUNK, chunk, probe, ownNamespace, client.apply(floor)));
            }
        });
        return webhooks;
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
                        .withResources("pods/binding", "bindings")
                        .withScope("Namespaced")
                        .build())
                .addNewMatchCondition()
                .withName(NODES)
                .withExpression("object.target.name in [" + list + "]")
                .endMatchCondition()
                .addNewMatchCondition()
                .withName("not-the-operator")
                .withExpression("request.namespace != '" + ownNamespace + "' || object.target.name == '" + probe + "'")
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
