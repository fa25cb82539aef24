package dev.waterline.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LandingTest {
    /** The node n1 has the labels pool=core and cores=8, and a taint gpu=yes:NoSchedule. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "tolerations: [{key: gpu, operator: Exists}] | true",
                "tolerations: [{key: gpu, value: 'yes', effect: NoSchedule}] | true",
                "tolerations: [{key: gpu, value: 'no'}] | false",
                "tolerations: [{key: gpu, operator: Exists, effect: NoExecute}] | false",
                "tolerations: [{key: cpu, operator: Exists}] | false",
                "tolerations: [] | false",
                "tolerations: [{operator: Exists}] | true",
                "nodeSelector: {pool: core} | true",
                "nodeSelector: {pool: edge} | false",
                "nodeSelector: {pool: core, zone: a} | false",
                "TERMS {matchExpressions: [{key: pool, operator: In, values: [core, edge]}]} | true",
                "TERMS {matchExpressions: [{key: pool, operator: NotIn, values: [core]}]} | false",
                "TERMS {matchExpressions: [{key: zone, operator: NotIn, values: [a]}]} | true",
                "TERMS {matchExpressions: [{key: zone, operator: Exists}]} | false",
                "TERMS {matchExpressions: [{key: zone, operator: DoesNotExist}]} | true",
                "TERMS {matchExpressions: [{key: cores, operator: Gt, values: ['7']}]} | true",
                "TERMS {matchExpressions: [{key: cores, operator: Gt, values: ['8']}]} | false",
                "TERMS {matchExpressions: [{key: cores, operator: Lt, values: ['16']}]} | true",
                "TERMS {matchExpressions: [{key: pool, operator: Lt, values: ['16']}]} | false",
                "TERMS {matchFields: [{key: metadata.name, operator: In, values: [n1]}]} | true",
                "TERMS {matchFields: [{key: metadata.name, operator: In, values: [n2]}]} | false",
                // any term, and all of it; one that says nothing picks nothing
                "TERMS {matchExpressions: [{key: zone, operator: Exists}]}, {matchExpressions: [{key: pool, operator: Exists}]} | true",
                "TERMS {matchExpressions: [{key: pool, operator: Exists}, {key: zone, operator: Exists}]} | false",
                "TERMS {} | false",
            })
    void aNodeSuitsIfSelectorAffinityAndTolerationsAllowIt(String template, boolean suits) {
        var yaml = template.startsWith("TERMS ")
                ? "affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: ["
                        + template.substring(6) + "]}}}"
                : template;
        var tolerant = yaml.startsWith("tolerations:") ? yaml : yaml + "\ntolerations: [{key: gpu, operator: Exists}]";
        assertThat(Landing.of(Serialization.unmarshal(tolerant, PodSpec.class)).suits(node()))
                .isEqualTo(suits);
    }

    @Test
    void ourOwnTaintDoesNotCountHere() {
        assertThat(node().taints()).containsExactly(new NodeTaint("gpu", "yes", "NoSchedule"));
    }

    @Test
    void aTemplateMayNameItsPriorityOrItsClass() {
        var spec = Serialization.unmarshal("priorityClassName: batch\npriority: 7", PodSpec.class);
        assertThat(Landing.of(spec).priority()).isEqualTo(OptionalInt.of(7));
        assertThat(Landing.of(spec).priorityClass()).contains("batch");
        assertThat(Landing.of(new PodSpec()).priorityClass()).isEmpty();
    }

    private static NodeSummary node() {
        return NodeSummary.of(
                new NodeBuilder()
                        .withNewMetadata()
                        .withName("n1")
                        .withUid("uid")
                        .withResourceVersion("1")
                        .addToLabels("pool", "core")
                        .addToLabels("cores", "8")
                        .endMetadata()
                        .withNewSpec()
                        .addNewTaint("NoSchedule", "gpu", null, "yes")
                        .addNewTaint("PreferNoSchedule", "soft", null, "yes")
                        .addNewTaint("NoSchedule", "ours", null, "1000")
                        .endSpec()
                        .build(),
                "ours");
    }
}
