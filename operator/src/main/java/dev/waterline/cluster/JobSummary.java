package dev.waterline.cluster;

import dev.waterline.decision.window.ProtectedJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a Job.
 *
 * @param labels all of them, for selectors
 * @param progress how far it is
 */
record JobSummary(
        String namespace,
        String name,
        String uid,
        String resourceVersion,
        Map<String, String> labels,
        ProtectedJob progress)
        implements Summary {

    static JobSummary of(Job job) {
        var metadata = job.getMetadata();
        return new JobSummary(
                metadata.getNamespace(),
                metadata.getName(),
                metadata.getUid(),
                metadata.getResourceVersion(),
                Map.copyOf(Objects.requireNonNullElse(metadata.getLabels(), Map.of())),
                progress(job));
    }

    /** A Job without completions is a work queue: all that is known of its length is what runs. */
    private static ProtectedJob progress(Job job) {
        var spec = Objects.requireNonNullElseGet(job.getSpec(), JobSpec::new);
        var status = Objects.requireNonNullElseGet(job.getStatus(), JobStatus::new);
        int parallelism = Objects.requireNonNullElse(spec.getParallelism(), 1);
        int succeeded = count(status.getSucceeded());
        int completions =
                Objects.requireNonNullElse(spec.getCompletions(), succeeded + Math.max(1, count(status.getActive())));
        return new ProtectedJob(
                job.getMetadata().getNamespace() + "/" + job.getMetadata().getName(),
                instant(job.getMetadata().getCreationTimestamp()).orElse(Instant.EPOCH),
                instant(status.getStartTime()),
                Math.max(1, completions),
                succeeded,
                count(status.getReady() == null ? status.getActive() : status.getReady()),
                parallelism,
                condition(status, "Complete")
                        .flatMap(condition -> instant(status.getCompletionTime())
                                .or(() -> instant(condition.getLastTransitionTime()))),
                condition(status, "Failed").flatMap(condition -> instant(condition.getLastTransitionTime())));
    }

    private static int count(@Nullable Integer pods) {
        return Objects.requireNonNullElse(pods, 0);
    }

    private static Optional<Instant> instant(@Nullable String text) {
        return Optional.ofNullable(text).map(Instant::parse);
    }

    private static Optional<JobCondition> condition(JobStatus status, String type) {
        return status.getConditions().stream()
                .filter(condition -> type.equals(condition.getType()) && "True".equals(condition.getStatus()))
                .findFirst();
    }
}
