package dev.waterline.demo;

import dev.waterline.load.Repeating;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The settlement: Jobs that come in one after the other, each with several tasks, and all with one deadline. */
final class SettlementJobs implements AutoCloseable {
    static final String NAMESPACE = "settlement";
    private static final int JOBS = 30;
    private static final int TASKS_PER_JOB = 5;
    private static final Duration ONE_EVERY = Duration.ofMillis(1500);

    private final KubernetesClient client;
    private final InstantSource clock;
    private final Map<String, Integer> done = new ConcurrentHashMap<>();
    private final SharedIndexInformer<Job> jobs;
    private final Repeating submitter;
    private volatile Optional<Instant> finished = Optional.empty();
    private int submitted;

    SettlementJobs(KubernetesClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
        this.jobs = client.batch().v1().jobs().inNamespace(NAMESPACE).inform(new ResourceEventHandler<>() {
            @Override
            public void onAdd(Job job) {
                seen(job);
            }

            @Override
            public void onUpdate(Job before, Job job) {
                seen(job);
            }

            @Override
            public void onDelete(Job job, boolean unknown) {
                // Nobody deletes them while the story is played; what is done stays done.
            }
        });
        this.submitter = Repeating.every(ONE_EVERY, "settlement", this::submit);
    }

    static int total() {
        return JOBS * TASKS_PER_JOB;
    }

    int done() {
        return done.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** When the last task was done; empty: not yet. */
    Optional<Instant> finished() {
        return finished;
    }

    private void submit() {
        if (submitted == JOBS) {
            return;
        }
        var name = "settlement-%02d".formatted(submitted + 1);
        Manifests.apply(client, "settlement-job.yaml", Map.of("NAME", name, "TASKS", Integer.toString(TASKS_PER_JOB)));
        submitted++;
    }

    private void seen(Job job) {
        var succeeded = job.getStatus() == null ? null : job.getStatus().getSucceeded();
        if (succeeded != null) {
            done.put(job.getMetadata().getName(), succeeded);
            if (finished.isEmpty() && done() == total()) {
                finished = Optional.of(clock.instant());
            }
        }
    }

    @Override
    public void close() {
        submitter.close();
        jobs.close();
    }
}
