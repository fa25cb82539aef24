package dev.waterline.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.decision.window.ProtectedJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobSummaryTest {
    private static final Instant CREATED = Instant.parse("2026-11-26T14:00:00Z");

    @Test
    void aJobUnderWayCountsItsTasksAndWhatReallyRuns() {
        assertThat(progress("""
                spec: {completions: 60, parallelism: 10}
                status: {startTime: "2026-11-26T14:00:01Z", succeeded: 20, active: 10, ready: 7, failed: 3}
                """))
                .isEqualTo(new ProtectedJob(
                        "bank/t0",
                        CREATED,
                        Optional.of(CREATED.plusSeconds(1)),
                        60,
                        20,
                        7,
                        10,
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void aJobThatHasNoStatusYetHasAllOfItBeforeIt() {
        var job = progress("spec: {completions: 60, parallelism: 10, suspend: true}");

        assertThat(job.startedAt()).isEmpty();
        assertThat(job.completions()).isEqualTo(60);
        assertThat(job.running()).isZero();
    }

    @Test
    void aCompleteJobHasSucceededWhenItWasComplete() {
        var job = progress("""
                spec: {completions: 1}
                status:
                  succeeded: 1
                  completionTime: "2026-11-26T14:05:00Z"
                  conditions:
                  - {type: SuccessCriteriaMet, status: "True", lastTransitionTime: "2026-11-26T14:04:00Z"}
                  - {type: Complete, status: "True", lastTransitionTime: "2026-11-26T14:05:01Z"}
                """);

        assertThat(job.succeededAt()).hasValue(CREATED.plusSeconds(300));
        assertThat(job.failedAt()).isEmpty();
    }

    @Test
    void aJobHasFailedOnlyOnceItWillNotBeTriedAgain() {
        assertThat(progress("status: {failed: 4, active: 1}").failedAt()).isEmpty();
        assertThat(progress("""
                status:
                  conditions: [{type: Failed, status: "True", lastTransitionTime: "2026-11-26T14:05:00Z"}]
                """).failedAt()).hasValue(CREATED.plusSeconds(300));
    }

    @Test
    void aWorkQueueIsAsLongAsWhatRuns() {
        var job = progress("""
                spec: {parallelism: 4}
                status: {active: 3, succeeded: 1}
                """);

        assertThat(job.completions()).isEqualTo(4);
        assertThat(progress("spec: {parallelism: 4}").completions()).isEqualTo(1);
    }

    private static ProtectedJob progress(String rest) {
        return JobSummary.of(Serialization.unmarshal("""
                apiVersion: batch/v1
                kind: Job
                metadata: {name: t0, namespace: bank, uid: u, resourceVersion: "1", creationTimestamp: "2026-11-26T14:00:00Z"}
                """ + rest, Job.class)).progress();
    }
}
