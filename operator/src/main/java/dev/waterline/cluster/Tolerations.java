package dev.waterline.cluster;

import dev.waterline.arbiter.ProvenFloors;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that protected pods tolerate the floors in use, and says which floors they have been shown to tolerate: first the
 * policy or webhook for pods to come, then a dry-run create that shows it at work, then the pods that are waiting already. Only after
 * that is a floor proven.
 */
public final class Tolerations implements ProvenFloors, AutoCloseable {
    private static final Duration ROUND = Duration.ofSeconds(1);

    /** Somebody may have changed the policy, or upgraded the cluster; a pod that it misses meanwhile is found by the backfill. */
    private static final int ROUNDS_BETWEEN_CHECKS = 15;

    private static final Logger log = LoggerFactory.getLogger(Tolerations.class);

    private final TolerationAdmission admission;
    private final TolerationProof proof;
    private final TolerationBackfill backfill;
    private volatile Supplier<SortedSet<Integer>> needed = TreeSet::new;
    private volatile Runnable onProven = () -> {};
    private final ConcurrentSkipListSet<Integer> proven = new ConcurrentSkipListSet<>();
    private final Map<Integer, String> obstacles = new ConcurrentHashMap<>();
    private SortedSet<Integer> ensured = new TreeSet<>();
    private int roundsUntilCheck;
    private final ScheduledExecutorService rounds = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("tolerations").factory());

    /** @param endpoint how the API server reaches a path of the webhooks, with the present CA bundle */
    public Tolerations(
            KubernetesClient client,
            PodIndex pods,
            PriorityClasses classes,
            String ownNamespace,
            String taintKey,
            Function<String, WebhookClientConfig> endpoint) {
        this.admission = new TolerationAdmission(
                client, new TolerationPolicy(client, taintKey), new TolerationWebhook(client, ownNamespace, endpoint));
        this.proof = new TolerationProof(client, classes, ownNamespace, taintKey);
        this.backfill = new TolerationBackfill(client, pods, taintKey);
    }

    /**
     * @param needed every floor that any waterline may ask for, or that is in force
     * @param onProven is called when a floor has become usable
     */
    public void start(Supplier<SortedSet<Integer>> needed, Runnable onProven) {
        this.needed = needed;
        this.onProven = onProven;
        var _ = rounds.scheduleWithFixedDelay(this::round, 0, ROUND.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A floor may be needed that was not before. */
    public void wake() {
        rounds.execute(this::round);
    }

    /** The webhooks' certificates have changed. */
    public void recheck() {
        rounds.execute(() -> {
            roundsUntilCheck = 0;
            round();
        });
    }

    @Override
    public OptionalInt highestUpTo(int floor) {
        var found = proven.floor(floor);
        return found == null ? OptionalInt.empty() : OptionalInt.of(found);
    }

    /** Whether this very floor is proven. */
    public boolean isProven(int floor) {
        return proven.contains(floor);
    }

    /** Why a floor is not proven, in one sentence; empty while nothing is known against it. */
    public Optional<String> obstacle(int floor) {
        return Optional.ofNullable(obstacles.get(floor));
    }

    @Override
    public void close() {
        rounds.shutdownNow();
    }

    private void round() {
        try {
            var floors = new TreeSet<>(needed.get());
            proven.retainAll(floors);
            obstacles.keySet().retainAll(floors);
            if (!floors.equals(ensured) || --roundsUntilCheck <= 0) {
                if (admission.ensure(floors)) {
                    proven.clear();
                }
                ensured = floors;
                roundsUntilCheck = ROUNDS_BETWEEN_CHECKS;
            }
            var candidates = new TreeSet<Integer>();
            for (int floor : floors) {
                if (!proven.contains(floor) && isTolerated(floor)) {
                    candidates.add(floor);
                }
            }
            if (!candidates.isEmpty()) {
                backfill.treatLive(floors);
                proven.addAll(candidates);
                obstacles.keySet().removeAll(candidates);
                log.info("Protected pods tolerate floors {}", candidates);
                onProven.run();
            }
            backfill.treatCached(floors);
        } catch (RuntimeException e) {
            // An exception would end the schedule; the next round finds the same state and tries again.
            log.warn("Could not see to the tolerations of protected pods; tried again in {} s", ROUND.toSeconds(), e);
            needed.get().stream()
                    .filter(floor -> !proven.contains(floor))
                    .forEach(floor -> obstacles.put(floor, "the tolerations could not be set up: " + e.getMessage()));
        }
    }

    private boolean isTolerated(int floor) {
        boolean tolerated = proof.isTolerated(floor);
        if (!tolerated) {
            obstacles.put(
                    floor,
                    "a pod of sufficient priority does not get the toleration for floor " + floor + " ("
                            + admission.description() + ")");
        }
        return tolerated;
    }
}
