package dev.waterline.app;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Git has no order: the operator may start before its CRDs, and an API server that has just got one answers 429 for a while.
 * Controllers that come after this part start once both kinds can be listed.
 */
final class ResourcesServed implements Part {
    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final ListOptions ONE =
            new ListOptionsBuilder().withLimit(1L).build();
    private static final Logger log = LoggerFactory.getLogger(ResourcesServed.class);

    private final KubernetesClient client;
    private final List<Class<? extends HasMetadata>> kinds;
    private final LongSupplier nanoTime;
    private volatile boolean stopped;

    ResourcesServed(KubernetesClient client, List<Class<? extends HasMetadata>> kinds, LongSupplier nanoTime) {
        this.client = client;
        this.kinds = List.copyOf(kinds);
        this.nanoTime = nanoTime;
    }

    @Override
    public void start() {
        long giveUpAt = nanoTime.getAsLong() + DEADLINE.toNanos();
        for (var kind : kinds) {
            boolean told = false;
            while (!stopped && !isServed(kind, nanoTime.getAsLong() > giveUpAt)) {
                if (!told) {
                    log.info("Waiting for the API server to serve {}; is crds/ applied?", kind.getSimpleName());
                    told = true;
                }
                LockSupport.parkNanos(LOOK_EVERY.toNanos());
            }
        }
    }

    @Override
    public void stop() {
        stopped = true;
    }

    private boolean isServed(Class<? extends HasMetadata> kind, boolean last) {
        try {
            client.resources(kind).inAnyNamespace().list(ONE);
            return true;
        } catch (KubernetesClientException e) {
            if (last) {
                throw e;
            }
            log.debug("{} cannot be listed yet: {}", kind.getSimpleName(), e.getMessage());
            return false;
        }
    }
}
