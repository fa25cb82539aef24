package dev.waterline.admission;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waterline.cluster.ToleratedFloors;
import dev.waterline.cluster.TolerationPatch;
import io.fabric8.kubernetes.api.model.Toleration;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/**
 * Gives pods their tolerations as they are created, where the API server has no MutatingAdmissionPolicy: {@code POST
 * /tolerate/<floor>/<floor>...}, an AdmissionReview in, an AdmissionReview with a JSON patch out. It allows every pod and keeps
 * no state.
 */
public final class TolerationAdmissionController {
    private static final String API_VERSION = "admission.k8s.io/v1";
    private static final int MAX_DEPTH = 64;

    private final ObjectMapper json = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build());
    private final String taintKey;

    public TolerationAdmissionController(String taintKey) {
        this.taintKey = taintKey;
    }

    /** The route to serve. */
    public Route route() {
        return Route.post(ToleratedFloors.PATH, this::answer);
    }

    private Answer answer(Call call) {
        try {
            var floors = ToleratedFloors.parse(call.path())
                    .orElseThrow(() -> new MalformedReviewException("The path must be " + ToleratedFloors.PATH
                            + "<floor>/<floor>..., each floor a priority of 0 or more."));
            return Answer.json(json.writeValueAsBytes(review(json.readTree(call.body()), floors)));
        } catch (MalformedReviewException e) {
            return Answer.text(400, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return Answer.text(400, "The body must be the JSON of an AdmissionReview.");
        }
    }

    private JsonNode review(JsonNode review, SortedSet<Integer> floors)
            throws MalformedReviewException, JsonProcessingException {
        var request = review.path("request");
        var uid = request.path("uid").asText();
        if (!API_VERSION.equals(review.path("apiVersion").asText()) || uid.isEmpty()) {
            throw new MalformedReviewException("apiVersion must be " + API_VERSION + ", and request.uid be there.");
        }
        if (!"Pod".equals(request.path("kind").path("kind").asText())) {
            throw new MalformedReviewException("request.kind must be a Pod: ask about pods only.");
        }
        var spec = request.path("object").path("spec");
        var operations = TolerationPatch.operations(
                tolerations(spec), spec.path("priority").asInt(0), floors, taintKey);
        var answer = json.createObjectNode().put("apiVersion", API_VERSION).put("kind", "AdmissionReview");
        var response = answer.putObject("response").put("uid", uid).put("allowed", true);
        if (!operations.isEmpty()) {
            response.put("patchType", "JSONPatch").put("patch", json.writeValueAsBytes(operations));
        }
        return answer;
    }

    private List<Toleration> tolerations(JsonNode spec) throws JsonProcessingException {
        var tolerations = new ArrayList<Toleration>();
        for (var toleration : spec.path("tolerations")) {
            tolerations.add(json.treeToValue(toleration, Toleration.class));
        }
        return tolerations;
    }
}
