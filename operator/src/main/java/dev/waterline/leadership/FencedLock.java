package dev.waterline.leadership;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.Lock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The lease as the elector sees it, with two corrections. Renewals move the fence, timed from before they were sent.
 * And another's lease counts as expired only after it has stood still for its duration by <em>our own</em> clock: the
 * elector would compare the holder's wall clock with ours, and a skew of seconds would make two leaders.
 */
final class FencedLock implements Lock {
    private final Lock lease;
    private final Fence fence;
    private final Duration leaseDuration;
    private final InstantSource clock;
    private @Nullable LeaderElectionRecord observed;
    private long observedAt;

    FencedLock(Lock lease, Fence fence, Duration leaseDuration, InstantSource clock) {
        this.lease = lease;
        this.fence = fence;
        this.leaseDuration = leaseDuration;
        this.clock = clock;
    }

    @Override
    public synchronized @Nullable LeaderElectionRecord get(KubernetesClient client) {
        LeaderElectionRecord current = read(client);
        if (current == null) {
            observed = null;
            return null;
        }
        long now = fence.now();
        if (!current.equals(observed)) {
            observed = current;
            observedAt = now;
        }
        return new LeaderElectionRecord(
                current.getHolderIdentity(),
                Objects.requireNonNullElse(current.getLeaseDuration(), leaseDuration),
                current.getAcquireTime(),
                clock.instant().minusNanos(now - observedAt).atZone(ZoneOffset.UTC),
                current.getLeaderTransitions());
    }

    @Override
    public void create(KubernetesClient client, LeaderElectionRecord lockRecord) {
        long sentAt = fence.now();
        lease.create(client, lockRecord);
        fence.renewed(sentAt);
    }

    @Override
    public void update(KubernetesClient client, LeaderElectionRecord lockRecord) {
        boolean renewal = identity().equals(lockRecord.getHolderIdentity());
        if (!renewal) {
            fence.close();
        }
        long sentAt = fence.now();
        lease.update(client, lockRecord);
        if (renewal) {
            fence.renewed(sentAt);
        }
    }

    @Override
    public String identity() {
        return lease.identity();
    }

    @Override
    public String describe() {
        return lease.describe();
    }

    private @Nullable LeaderElectionRecord read(KubernetesClient client) {
        try {
            return lease.get(client);
        } catch (KubernetesClientException e) {
            throw e;
        } catch (RuntimeException e) {
            // The elector retries client exceptions for ever, and stops silently and for good at any other; a Lease
            // that somebody left half empty must not do that.
            throw new KubernetesClientException("The lease " + lease.describe() + " cannot be read", e);
        }
    }
}
