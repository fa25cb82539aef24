package dev.waterline.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.admissionregistration.v1.MatchCondition;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfigBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardConfigurationTest {
    /** etcd's default for --max-request-bytes. */
    private static final int ETCD_REQUEST_BYTES = 1_572_864;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 500, 5_000})
    void whatIsWrittenIsReadAgain(int nodesPerFloor) {
        var nodes = new TreeMap<Integer, NavigableSet<String>>();
        for (int floor : nodesPerFloor == 0 ? new int[0] : new int[] {0, 1000, 1_000_000_001}) {
            nodes.put(floor, names("node-" + floor + "-", nodesPerFloor));
        }

        assertThat(GuardConfiguration.read(configuration(webhooks(nodes)))).isEqualTo(nodes);
    }

    @Test
    void aConfigurationWithoutWebhooksHoldsNothing() {
        assertThat(GuardConfiguration.read(new ValidatingWebhookConfiguration()))
                .isEmpty();
    }

    @Test
    void anEntryThatWeWouldNotWriteIsNotTakenForOurs() {
        var foreign = webhooks(Map.of(1000, names("n", 1)));
        foreign.getFirst().setName("floor-x-0.bind.waterline.dev");
        var beyond = webhooks(Map.of(2000, names("n", 1)));
        beyond.getFirst().setName("floor-99999999999-0.bind.waterline.dev");
        var all = new ArrayList<>(foreign);
        all.addAll(beyond);

        assertThat(GuardConfiguration.read(configuration(all))).isEmpty();
    }

    @Test
    void theProbeStandsInTheFirstEntryOnly() {
        var webhooks = webhooks(new TreeMap<>(Map.of(1000, names("a", 20_000), 2000, names("b", 3))));

        assertThat(webhooks.stream()
                        .map(webhook -> condition(webhook, "frozen-nodes").contains("'probe-42'")))
                .containsExactly(true, false, false);
    }

    @Test
    void everyEntryHasANameOfItsOwn() {
        var webhooks = webhooks(Map.of(1000, names("a", 25_000), 2000, names("b", 12_000)));

        assertThat(webhooks)
                .extracting(ValidatingWebhook::getName)
                .doesNotHaveDuplicates()
                .hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 45, 63, 253})
    void namesOfAnyLengthMakeExpressionsThatCelTakes(int length) {
        var all = names("n".repeat(length - 4), 5_000);
        var webhooks = webhooks(Map.of(1_000_000_001, all));

        assertThat(webhooks).allSatisfy(webhook -> {
            var expression = condition(webhook, "frozen-nodes");
            assertThat(expression.codePointCount(0, expression.length()))
                    .isLessThan(GuardConfiguration.EXPRESSION_CODE_POINTS);
        });
        assertThat(GuardConfiguration.read(configuration(webhooks))).isEqualTo(Map.of(1_000_000_001, all));
    }

    @Test
    void fiveThousandOfTheLongestNamesFitIntoWhatEtcdStores() {
        var webhooks = webhooks(Map.of(1_000_000_001, names("n".repeat(249), 5_000)));

        assertThat(Serialization.asJson(configuration(webhooks)).length()).isLessThan(ETCD_REQUEST_BYTES);
    }

    @Test
    void anEntryJudgesBindingsAndPodsThatAreCreatedOnANode() {
        var webhook = webhooks(Map.of(1000, names("a", 1))).getFirst();

        assertThat(webhook.getRules())
                .singleElement()
                .satisfies(rule -> assertThat(rule.getResources()).containsExactly("pods/binding", "bindings", "pods"));
        assertThat(condition(webhook, "frozen-nodes"))
                .isEqualTo("(has(object.target) ? object.target.name :"
                        + " has(object.spec.nodeName) ? object.spec.nodeName : \"\") in ['a0000','probe-42']");
    }

    @Test
    void theOwnNamespaceIsExemptButForTheProbe() {
        assertThat(webhooks(Map.of(1000, names("a", 20_000))))
                .hasSize(2)
                .allSatisfy(webhook -> assertThat(condition(webhook, "not-the-operator"))
                        .isEqualTo("request.namespace != 'waterline-system' ||"
                                + " (has(object.target) ? object.target.name :"
                                + " has(object.spec.nodeName) ? object.spec.nodeName : \"\") == 'probe-42'"));
    }

    @Test
    void aHandlerThatDoesNotAnswerNeverKeepsAPodFromBinding() {
        var webhook = webhooks(Map.of(1000, names("a", 1))).getFirst();

        assertThat(webhook.getFailurePolicy()).isEqualTo("Ignore");
        assertThat(webhook.getTimeoutSeconds()).isEqualTo(1);
        assertThat(webhook.getSideEffects()).isEqualTo("None");
        assertThat(webhook.getAdmissionReviewVersions()).containsExactly("v1");
        assertThat(webhook.getRules()).singleElement().satisfies(rule -> {
            assertThat(rule.getOperations()).containsExactly("CREATE");
        });
    }

    @Test
    void everyFloorHasItsOwnPath() {
        var webhooks = webhooks(new TreeMap<>(Map.of(1000, names("a", 1), 2000, names("b", 1))));

        assertThat(webhooks)
                .extracting(webhook -> webhook.getClientConfig().getService().getPath())
                .containsExactly("/bind/1000", "/bind/2000");
    }

    @Test
    void theGenerationIsReadFromTheAnnotation() {
        assertThat(GuardConfiguration.generation(annotated("17"))).isEqualTo(17);
        assertThat(GuardConfiguration.generation(annotated("seventeen"))).isZero();
        assertThat(GuardConfiguration.generation(annotated("99999999999999999999")))
                .isZero();
        assertThat(GuardConfiguration.generation(configuration(List.of()))).isZero();
    }

    private static List<ValidatingWebhook> webhooks(Map<Integer, NavigableSet<String>> nodes) {
        return GuardConfiguration.webhooks(nodes, 42, "waterline-system", GuardConfigurationTest::client);
    }

    private static WebhookClientConfig client(int floor) {
        return new WebhookClientConfigBuilder()
                .withNewService()
                .withPath("/bind/" + floor)
                .endService()
                .build();
    }

    private static ValidatingWebhookConfiguration configuration(List<ValidatingWebhook> webhooks) {
        return new ValidatingWebhookConfigurationBuilder()
                .withNewMetadata()
                .endMetadata()
                .withWebhooks(webhooks)
                .build();
    }

    private static ValidatingWebhookConfiguration annotated(String generation) {
        return new ValidatingWebhookConfigurationBuilder()
                .withNewMetadata()
                .addToAnnotations(GuardConfiguration.GENERATION, generation)
                .endMetadata()
                .build();
    }

    private static String condition(ValidatingWebhook webhook, String name) {
        return webhook.getMatchConditions().stream()
                .filter(condition -> name.equals(condition.getName()))
                .map(MatchCondition::getExpression)
                .collect(Collectors.joining());
    }

    private static NavigableSet<String> names(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "%s%04d".formatted(prefix, i))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
