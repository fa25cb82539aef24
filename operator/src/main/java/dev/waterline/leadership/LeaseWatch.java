package dev.waterline.leadership;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** Looks at the operator's Lease from outside: whether anybody leads. */
public final class LeaseWatch {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** Of a Lease that does not say, and of one that is not there. */
    private static final Duration DURATION = Duration.ofSeconds(15);

    private final KubernetesClient client;
    private final String namespace;
    private final LongSupplier nanoTime;

    public LeaseWatch(KubernetesClient client, String namespace, LongSupplier nanoTime) {
        this.client = client;
        this.namespace = namespace;
        this.nanoTime = nanoTime;
    }

    /**
     * Waits until nobody leads, which is so once the Lease has stood still for its own duration by our clock. Whatever another
     * machine's clock has written into it does not count.
     *
     * @return false if it was still being renewed at the deadline
     */
    public boolean awaitStandstill(Duration deadline) {
        long began = nanoTime.getAsLong();
        var seen = read();
        long seenAt = began;
        while (true) {
            var now = read();
            long at = nanoTime.getAsLong();
            if (!version(now).equals(version(seen))) {
                seen = now;
                seenAt = at;
            } else if (at - seenAt >= duration(now).toNanos()) {
                return true;
            }
            if (at - began > deadline.toNanos()) {
                return false;
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    /**
     * When the operator last said that it lives, by its own clock.
     *
     * @return empty if it never did, or the Lease is gone
     */
    public Optional<Instant> lastSignOfLife() {
        return read().map(Lease::getSpec).map(spec -> spec.getRenewTime()).map(time -> time.toInstant());
    }

    private Optional<Lease> read() {
        return Optional.ofNullable(client.resources(Lease.class)
                .inNamespace(namespace)
                .withName(Leadership.LEASE)
                .get());
    }

    private static String version(Optional<Lease> lease) {
        return lease.map(present -> present.getMetadata().getResourceVersion()).orElse("");
    }

    private static Duration duration(Optional<Lease> lease) {
        return lease.map(Lease::getSpec)
                .map(spec -> spec.getLeaseDurationSeconds())
                .map(Duration::ofSeconds)
                .orElse(DURATION);
    }
}
