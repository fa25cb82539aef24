package dev.waterline.api.v1alpha1;

import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Adds to the generated schema what annotations cannot say: the order of printer columns, keys of list-maps, required fields of Condition, and a bound on
 * every list, map and string that has none. Without bounds the API server refuses CEL rules as too costly.
 */
final class BoundedSchema implements CRDPostProcessor {
    private static final Map<String, List<String>> LIST_MAP_KEYS = Map.of(
            "spec.signals", List.of("name"),
            "spec.tiers", List.of("name"),
            "spec.tiers[].waterlines", List.of("signal"),
            "spec.windows", List.of("name"),
            "spec.windows[].tiers", List.of("name"),
            "spec.windows[].tiers[].waterlines", List.of("signal"),
            "status.conditions", List.of("type"),
            "status.tiers", List.of("name"),
            "status.triggers", List.of("name"),
            "status.windows", List.of("name"));
    private static final List<String> COLUMN_ORDER = List.of(
            "Mode",
            "Nodes",
            "Frozen",
            "Target",
            "Min",
            "Max",
            "Current",
            "Desired",
            "Ready",
            "Reason",
            "Metrics",
            "Paused",
            "Fallback",
            "Last-Scale",
            "Age");
    private static final long STRING = 512;
    private static final long MESSAGE = 32_768;
    private static final long LIST = 64;
    private static final long MAP = 64;
    private static final long METADATA_VALUE = 8192;

    @Override
    public HasMetadata process(HasMetadata resource, String crdSpecVersion) {
        var crd = (CustomResourceDefinition) resource;
        crd.getSpec().getVersions().forEach(version -> {
            var root = version.getSchema().getOpenAPIV3Schema();
            bound("spec", Objects.requireNonNull(root.getProperties().get("spec")));
            bound("status", Objects.requireNonNull(root.getProperties().get("status")));
            root.setRequired(List.of("spec"));
            version.getAdditionalPrinterColumns()
                    .sort(Comparator.comparingInt(column -> COLUMN_ORDER.indexOf(column.getName())));
        });
        return crd;
    }

    private static void bound(String path, JSONSchemaProps schema) {
        // The generator reads a record's component, accessor and parameter, and repeats what it finds on each.
        schema.setXKubernetesValidations(
                schema.getXKubernetesValidations().stream().distinct().toList());
        if (schema.getType() == null) {
            boundString(path, schema);
            return;
        }
        switch (schema.getType()) {
            case "object" -> boundObject(path, schema);
            case "array" -> boundArray(path, schema);
            case "string" -> boundString(path, schema);
            default -> {}
        }
    }

    private static void boundObject(String path, JSONSchemaProps schema) {
        if (path.endsWith("conditions[]")) {
            schema.setRequired(List.of("lastTransitionTime", "message", "reason", "status", "type"));
        }
        if (schema.getProperties() != null) {
            schema.getProperties().forEach((name, property) -> bound(path + "." + name, property));
        }
        var values = schema.getAdditionalProperties();
        if (values != null && values.getSchema() != null) {
            if (schema.getMaxProperties() == null) {
                schema.setMaxProperties(MAP);
            }
            bound(path + "{}", values.getSchema());
        }
    }

    private static void boundArray(String path, JSONSchemaProps schema) {
        if (schema.getMaxItems() == null) {
            schema.setMaxItems(LIST);
        }
        var keys = LIST_MAP_KEYS.get(path);
        if (keys != null) {
            schema.setXKubernetesListType("map");
            schema.setXKubernetesListMapKeys(keys);
            var item = schema.getItems().getSchema();
            var required = new ArrayList<>(item.getRequired() == null ? List.<String>of() : item.getRequired());
            keys.stream().filter(key -> !required.contains(key)).forEach(required::add);
            item.setRequired(required);
        }
        bound(path + "[]", schema.getItems().getSchema());
    }

    /** A text, or what may be a number as well. */
    private static void boundString(String path, JSONSchemaProps schema) {
        if (schema.getMaxLength() == null && schema.getEnum().isEmpty()) {
            schema.setMaxLength(
                    path.endsWith("essage")
                            ? MESSAGE
                            : path.equals("spec.triggers[].metadata{}") ? METADATA_VALUE : STRING);
        }
    }
}
