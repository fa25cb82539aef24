package dev.waterline.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The YAML in {@code crds/} is what the types say. {@code mvn -pl crds test -Dcrds.update} rewrites it. */
class CrdYamlTest {
    private static final List<String> FILES =
            List.of("prioritywaterlines.waterline.dev.yaml", "scaledworkloads.waterline.dev.yaml");
    private static final String HEADER = "# Generated from the API types by CrdYamlTest; do not edit.\n";

    @TempDir
    Path generated;

    @Test
    void theYamlInTheTreeIsWhatTheTypesSay() throws IOException {
        generate();
        for (var file : FILES) {
            var inTree = Path.of(file);
            var fresh = HEADER + Files.readString(generated.resolve(file.replace(".yaml", "-v1.yml")));
            if (System.getProperty("crds.update") != null) {
                Files.writeString(inTree, fresh);
            }
            assertThat(Files.exists(inTree) ? Files.readString(inTree) : "")
                    .as("%s has drifted from the types: run mvn -pl crds test -Dcrds.update", file)
                    .isEqualTo(fresh);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"prioritywaterlines.waterline.dev.yaml", "scaledworkloads.waterline.dev.yaml"})
    void everyListMapAndStringIsBounded(String file) throws IOException {
        var crd = Serialization.unmarshal(Files.readString(Path.of(file)), CustomResourceDefinition.class);
        var root = crd.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();

        assertThat(unbounded("spec", Objects.requireNonNull(root.getProperties().get("spec"))))
                .isEmpty();
        assertThat(unbounded(
                        "status", Objects.requireNonNull(root.getProperties().get("status"))))
                .isEmpty();
    }

    private static Stream<String> unbounded(String path, JSONSchemaProps schema) {
        return switch (schema.getType()) {
            case null -> schema.getMaxLength() == null ? Stream.of(path) : Stream.empty();
            case "string" ->
                schema.getMaxLength() == null && schema.getEnum().isEmpty() ? Stream.of(path) : Stream.empty();
            case "array" ->
                Stream.concat(
                        schema.getMaxItems() == null ? Stream.of(path) : Stream.empty(),
                        unbounded(path + "[]", schema.getItems().getSchema()));
            case "object" ->
                schema.getProperties() == null
                        ? Stream.empty()
                        : schema.getProperties().entrySet().stream()
                                .flatMap(e -> unbounded(path + "." + e.getKey(), e.getValue()));
            default -> Stream.empty();
        };
    }

    private void generate() {
        new CRDGenerator()
                .inOutputDir(generated.toFile())
                .withMinQuotes(true)
                .forCRDVersions("v1")
                .withPostProcessor(new BoundedSchema())
                .customResourceClasses(List.of(PriorityWaterline.class, ScaledWorkload.class))
                .generate();
    }
}
