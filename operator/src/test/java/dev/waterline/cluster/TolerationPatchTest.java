package dev.waterline.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TolerationPatchTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TreeSet<Integer> FLOORS = new TreeSet<>(List.of(1000, 100_000));

    @ParameterizedTest
    @CsvSource({"999, 0", "1000, 1", "99999, 1", "100000, 2"})
    void aPodGetsEveryFloorThatItsPriorityReaches(int priority, int tolerations) {
        var operations = TolerationPatch.operations(List.of(), priority, FLOORS, "key");

        assertThat(operations.path(0).path("value")).hasSize(tolerations);
    }

    @Test
    void whatThePodToleratesAlreadyStaysAndIsNotAddedAgain() throws JsonProcessingException {
        var present = List.of(new Toleration("NoSchedule", "key", "Equal", null, "1000"));

        assertThat(TolerationPatch.operations(present, 100_000, FLOORS, "key")).isEqualTo(JSON.readTree("""
                [{"op":"add","path":"/spec/tolerations/-",
                  "value":{"key":"key","operator":"Equal","value":"100000","effect":"NoSchedule"}}]"""));
    }

    @ParameterizedTest
    @CsvSource({
        "NoSchedule, key, Exists, '', 0",
        "'', '', Exists, '', 0",
        "'', key, '', 100000, 1",
        "NoExecute, key, Exists, '', 2",
        "NoSchedule, other, Exists, '', 2",
        "NoSchedule, other, Equal, 1000, 2"
    })
    void aTolerationCountsAsTheSchedulerWouldCountIt(
            String effect, String key, String operator, String value, int missing) {
        var present = List.of(new Toleration(effect, key, operator, null, value));

        assertThat(TolerationPatch.operations(present, 100_000, FLOORS, "key")).hasSize(missing);
    }
}
