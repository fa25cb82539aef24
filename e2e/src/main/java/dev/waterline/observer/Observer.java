package dev.waterline.observer;

import dev.waterline.testbed.Testbed;
import dev.waterline.testbed.audit.AuditRecord;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches a testbed from its own connection and says which of the invariants were broken since it began. Thread-safe.
 *
 * <p>Whoever breaks one on purpose, by editing a node's taints and ours in the same write for example, must not be observed.
 */
public final class Observer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Observer.class);

    private final Testbed testbed;
    private final InstantSource clock;
    private final Instant began;
    private final NodeContents nodes = new NodeContents();
    private final Map<String, SeenPod> pods = new HashMap<>();
    private final List<Watch> watches = new ArrayList<>();
    private Instant podsSince;
    private boolean closed;

    private Observer(Testbed testbed, InstantSource clock) {
        this.testbed = testbed;
        this.clock = clock;
        this.began = clock.instant();
        this.podsSince = began;
    }

    /** Begins to watch. */
    public static Observer of(Testbed testbed) {
        var observer = new Observer(testbed, InstantSource.system());
        observer.begin();
        return observer;
    }

    /** What was broken so far. */
    public synchronized List<Violation> violations() {
        var records = new ArrayList<AuditRecord>();
        try (var all = testbed.audit().records()) {
            all.filter(record -> record.received().isAfter(began))
                    .filter(record -> record.isBinding()
                            || (record.changed() && record.user().equals(Marks.OPERATOR)))
                    .forEach(records::add);
        }
        records.sort(Comparator.comparing(AuditRecord::received));
        var freezes =
                GuardTimeline.read(testbed.audit(), testbed.apiServers().size()).freezes();
        var violations = new ArrayList<>(nodes.violations(clock.instant()));
        violations.addAll(new BindJudge(freezes, pods.values())
                .violations(records.stream().filter(AuditRecord::isBinding).toList()));
        var writes = records.stream().filter(AuditRecord::changed).toList();
        WriteBudget.all().forEach(budget -> violations.addAll(budget.violations(writes)));
        return violations;
    }

    @Override
    public synchronized void close() {
        closed = true;
        watches.forEach(Watch::close);
        watches.clear();
    }

    private void begin() {
        watchNodes(testbed.client());
        watchPods(testbed.client());
    }

    private synchronized void watchNodes(KubernetesClient client) {
        if (!closed) {
            watches.add(client.nodes().watch(new Watching<>(() -> watchNodes(client)) {
                @Override
                public void eventReceived(Action action, Node node) {
                    seen(action, node);
                }
            }));
        }
    }

    private synchronized void watchPods(KubernetesClient client) {
        if (!closed) {
            podsSince = clock.instant();
            watches.add(client.pods().inAnyNamespace().watch(new Watching<>(() -> watchPods(client)) {
                @Override
                public void eventReceived(Action action, Pod pod) {
                    seen(pod);
                }
            }));
        }
    }

    private synchronized void seen(Watcher.Action action, Node node) {
        if (action == Watcher.Action.DELETED) {
            nodes.gone(node.getMetadata().getName());
        } else {
            nodes.seen(node, clock.instant());
        }
    }

    /** Only the first sight of a pod tells whether it was created with a node, and only of one that is newer than the watch. */
    private synchronized void seen(Pod pod) {
        boolean fromBirth =
                Instant.parse(pod.getMetadata().getCreationTimestamp()).isAfter(podsSince);
        pods.computeIfAbsent(pod.getMetadata().getUid(), _ -> SeenPod.of(pod, fromBirth));
    }

    private abstract static class Watching<T> implements Watcher<T> {
        private final Runnable again;

        Watching(Runnable again) {
            this.again = again;
        }

        @Override
        public void onClose(WatcherException cause) {
            log.info("A watch of the observer broke and is opened again: {}", cause.toString());
            again.run();
        }
    }
}
