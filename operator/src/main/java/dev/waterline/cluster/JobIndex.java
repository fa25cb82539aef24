package dev.waterline.cluster;

import dev.waterline.decision.window.ProtectedJob;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Every Job of the cluster, in summary; watched from the first time that somebody asks, and not before. */
public final class JobIndex implements AutoCloseable {
    private final SummaryIndex<Job, JobSummary> index;
    private boolean watched;

    public JobIndex(KubernetesClient client) {
        Informable<Job> jobs = client.batch().v1().jobs().inAnyNamespace();
        this.index = new SummaryIndex<>(jobs, JobSummary::of, Job::new);
    }

    /** @return empty while the Jobs are not known yet, which is not the same as none */
    public Optional<List<ProtectedJob>> matching(Collection<String> namespaces, LabelSelector selector) {
        watch();
        return index.isSynced()
                ? Optional.of(index.all().stream()
                        .filter(job -> namespaces.contains(job.namespace()))
                        .filter(job -> LabelSelection.matches(selector, job.labels()))
                        .map(JobSummary::progress)
                        .toList())
                : Optional.empty();
    }

    @Override
    public void close() {
        index.close();
    }

    private synchronized void watch() {
        if (!watched) {
            watched = true;
            index.start();
        }
    }
}
