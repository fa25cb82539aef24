package dev.waterline.admission;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Reads AdmissionReviews (v1) of Bindings and of pods that are created on a node, and writes the answers. */
final class AdmissionReviews {
    private static final String API_VERSION = "admission.k8s.io/v1";
    private static final int MAX_DEPTH = 64;

    private final ObjectMapper json = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build());

    BindRequest read(byte[] body) throws MalformedReviewException {
        JsonNode review = parse(body);
        if (!API_VERSION.equals(review.path("apiVersion").textValue())
                || !"AdmissionReview".equals(review.path("kind").textValue())) {
            throw new MalformedReviewException("apiVersion and kind must be " + API_VERSION + " AdmissionReview.");
        }
        JsonNode request = review.path("request");
        return switch (request.path("kind").path("kind").asText("")) {
            case "Binding" -> binding(request);
            case "Pod" -> creation(request);
            default ->
                throw new MalformedReviewException(
                        "request.kind must be a Binding or a Pod: guard pods/binding, bindings and pods only.");
        };
    }

    private static BindRequest binding(JsonNode request) throws MalformedReviewException {
        JsonNode binding = request.path("object");
        String targetKind = binding.path("target").path("kind").asText("Node");
        if (!targetKind.isEmpty() && !targetKind.equals("Node")) {
            throw new MalformedReviewException("request.object.target.kind must be Node.");
        }
        return new BindRequest.Binding(
                required(request.path("uid"), "request.uid"),
                required(request.path("namespace"), "request.namespace"),
                required(
                        binding.path("metadata").hasNonNull("name")
                                ? binding.path("metadata").path("name")
                                : request.path("name"),
                        "request.object.metadata.name"),
                Optional.ofNullable(binding.path("metadata").path("uid").textValue())
                        .filter(uid -> !uid.isEmpty()),
                required(binding.path("target").path("name"), "request.object.target.name"),
                request.path("dryRun").asBoolean(false));
    }

    private static BindRequest creation(JsonNode request) throws MalformedReviewException {
        JsonNode pod = request.path("object");
        JsonNode metadata = pod.path("metadata");
        return new BindRequest.Creation(
                required(request.path("uid"), "request.uid"),
                required(request.path("namespace"), "request.namespace"),
                metadata.path("name").asText(metadata.path("generateName").asText("")),
                required(pod.path("spec").path("nodeName"), "request.object.spec.nodeName"),
                PodManifest.of(pod),
                request.path("dryRun").asBoolean(false));
    }

    byte[] write(String reviewUid, BindVerdict verdict) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try (JsonGenerator generator = json.getFactory().createGenerator(out)) {
            generator.writeStartObject();
            generator.writeStringField("apiVersion", API_VERSION);
            generator.writeStringField("kind", "AdmissionReview");
            generator.writeObjectFieldStart("response");
            generator.writeStringField("uid", reviewUid);
            generator.writeBooleanField("allowed", verdict instanceof BindVerdict.Allowed);
            if (verdict instanceof BindVerdict.Denied denied) {
                generator.writeObjectFieldStart("status");
                generator.writeStringField("status", "Failure");
                generator.writeStringField("reason", "Forbidden");
                generator.writeNumberField("code", 403);
                generator.writeStringField("message", denied.sentence());
                generator.writeEndObject();
            }
            generator.writeEndObject();
            generator.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private JsonNode parse(byte[] body) throws MalformedReviewException {
        try {
            return json.readTree(body);
        } catch (IOException e) {
            throw new MalformedReviewException("The body must be the JSON of an AdmissionReview.");
        }
    }

    private static String required(JsonNode node, String field) throws MalformedReviewException {
        String value = node.textValue();
        if (value == null || value.isEmpty()) {
            throw new MalformedReviewException(field + " is missing.");
        }
        return value;
    }
}
