package dev.waterline.leadership;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes part in the election of the one writer, and holds the lease until it is released or lost. */
public final class Leadership {
    /** The Lease in the operator's own namespace. */
    public static final String LEASE = "waterline-operator";

    private static final Logger log = LoggerFactory.getLogger(Leadership.class);

    /**
     * How the election is timed.
     *
     * @param leaseDuration for how long others keep off after a renewal
     * @param renewDeadline how long after a renewal the holder may write
     * @param retryPeriod pause between two attempts
     */
    public record Timings(Duration leaseDuration, Duration renewDeadline, Duration retryPeriod) {}

    private final String identity;
    private final Fence fence;
    private final ExecutorService elections = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("election").daemon().factory());
    private final LeaderElector elector;
    private final Runnable onGained;
    private final Runnable onLost;
    private volatile Optional<String> leader = Optional.empty();
    private volatile boolean releasing;
    private volatile @Nullable CompletableFuture<?> election;

    /**
     * Prepares the election; nothing is sent before {@link #start}.
     *
     * @param leaseClient a client of its own, with short time-outs and at most one retry
     * @param namespace the operator's own
     * @param hostName put before the identity for people's sake
     * @param onGained run once, on a thread of its own, when this replica leads
     * @param onLost run when the lease is lost without having been released; must end the process at once
     */
    public Leadership(
            KubernetesClient leaseClient,
            String namespace,
            String hostName,
            Timings timings,
            Fence fence,
            InstantSource clock,
            Runnable onGained,
            Runnable onLost) {
        this.identity = hostName + "_" + UUID.randomUUID();
        this.fence = fence;
        this.onGained = onGained;
        this.onLost = onLost;
        LeaderElectionConfig config = new LeaderElectionConfig(
                new FencedLock(new LeaseLock(namespace, LEASE, identity), fence, timings.leaseDuration(), clock),
                timings.leaseDuration(),
                timings.renewDeadline(),
                timings.retryPeriod(),
                new LeaderCallbacks(this::gained, this::lost, this::leaderChanged),
                true,
                LEASE);
        this.elector = new LeaderElector(leaseClient, config, elections);
    }

    /** Starts to compete for the lease, and returns at once. */
    public void start() {
        CompletableFuture<?> running = elector.start();
        election = running;
        var _ = running.whenComplete((done, failure) -> {
            if (failure != null && !(failure instanceof CancellationException)) {
                log.error("The election ended with an error", failure);
                lost();
            }
        });
    }

    /**
     * Gives the lease up, so that another replica need not wait for its end. Call it only when nothing of ours writes
     * any more: the fence closes.
     *
     * @param deadline how long to wait for the API server
     */
    public void release(Duration deadline) {
        releasing = true;
        CompletableFuture<?> running = election;
        if (running != null) {
            CompletableFuture<Void> released = new CompletableFuture<>();
            Thread.ofVirtual().name("release").start(() -> {
                running.cancel(true);
                released.complete(null);
            });
            try {
                released.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException | ExecutionException e) {
                log.warn("The lease was not released in time; another replica has to wait for its end", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        fence.close();
        elections.shutdownNow();
    }

    /** Unique to this process; begins with the host's name. */
    public String identity() {
        return identity;
    }

    /** Who leads, as last seen; empty: nobody has been seen to, or there is no election. */
    public Optional<String> leader() {
        return leader;
    }

    private void gained() {
        log.info("Leading as {}", identity);
        Thread.ofVirtual().name("leading").start(onGained);
    }

    private void lost() {
        fence.close();
        if (!releasing) {
            log.error("The lease was lost; this process stops, so that the new leader is the only writer");
            onLost.run();
        }
    }

    private void leaderChanged(@Nullable String holder) {
        leader = Optional.ofNullable(holder).filter(name -> !name.isEmpty());
        if (holder != null && !holder.equals(identity)) {
            log.info("{} leads; waiting for its lease to end", holder);
        }
    }
}
