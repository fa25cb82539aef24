package dev.waterline.admission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TolerationAdmissionControllerTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TolerationAdmissionController controller = new TolerationAdmissionController("key");

    @Test
    void aProtectedPodGetsAPatchThatAddsItsTolerations() throws IOException {
        var response =
                review("/tolerate/1000/100000", "{'priority':100000,'tolerations':[{'key':'a','operator':'Exists'}]}");

        assertThat(response.path("uid").asText()).isEqualTo("review-1");
        assertThat(response.path("allowed").asBoolean()).isTrue();
        assertThat(response.path("patchType").asText()).isEqualTo("JSONPatch");
        assertThat(JSON.readTree(response.path("patch").binaryValue()))
                .hasSize(2)
                .allSatisfy(
                        operation -> assertThat(operation.path("path").asText()).isEqualTo("/spec/tolerations/-"));
    }

    @Test
    void aLowerPodIsAllowedAsItIs() throws IOException {
        var response = review("/tolerate/1000", "{'priority':999}");

        assertThat(response.path("allowed").asBoolean()).isTrue();
        assertThat(response.has("patch")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "/tolerate/1000 | not JSON | JSON",
                "/tolerate/x | {'apiVersion':'admission.k8s.io/v1','request':{'uid':'1','kind':{'kind':'Pod'}}} | floor",
                "/tolerate/1 | {'apiVersion':'admission.k8s.io/v1beta1','request':{'uid':'1'}} | apiVersion",
                "/tolerate/1 | {'apiVersion':'admission.k8s.io/v1','request':{'uid':'1','kind':{'kind':'Node'}}} | request.kind"
            },
            delimiter = '|')
    void whatIsNotAReviewOfAPodIsRefusedWithAWordWhy(String path, String body, String word) {
        var answer = call(path, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(new String(answer.body(), UTF_8)).contains(word);
    }

    private JsonNode review(String path, String spec) throws IOException {
        var answer = call(
                path,
                "{'apiVersion':'admission.k8s.io/v1','kind':'AdmissionReview','request':{'uid':'review-1',"
                        + "'kind':{'group':'','version':'v1','kind':'Pod'},'object':{'spec':" + spec + "}}}");
        assertThat(answer.status()).isEqualTo(200);
        return JSON.readTree(answer.body()).path("response");
    }

    private Answer call(String path, String body) {
        return controller
                .route()
                .answers()
                .apply(new Call(
                        path,
                        Optional.empty(),
                        "application/json",
                        body.replace('\'', '"').getBytes(UTF_8),
                        0));
    }
}
