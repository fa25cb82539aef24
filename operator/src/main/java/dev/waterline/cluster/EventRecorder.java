package dev.waterline.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records events, for people. An event is never worth an error or a wait: it is sent in the background, one that repeats within
 * five minutes is dropped, and so is what does not fit the queue.
 */
public final class EventRecorder implements AutoCloseable {
    private static final Duration REPEATS_WITHIN = Duration.ofMinutes(5);
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);
    private static final int REMEMBERED = 5_000;

    /** The API server accepts events about cluster-scoped objects only here and in kube-system. */
    private static final String FOR_CLUSTER_SCOPED = "default";

    private static final int WAITING = 2_000;
    private static final int NOTE_LIMIT = 1_024;
    private static final String ELLIPSIS = "…";
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final Logger log = LoggerFactory.getLogger(EventRecorder.class);

    private final KubernetesClient client;
    private final String instance;
    private final InstantSource clock;
    private final ExecutorService sender;
    private final ConcurrentHashMap<Said, Instant> said = new ConcurrentHashMap<>();

    private record Said(String uid, String reason, String note) {}

    /**
     * @param instance which replica speaks
     */
    public EventRecorder(KubernetesClient client, String instance, InstantSource clock) {
        this.client = client;
        this.instance = instance;
        this.clock = clock;
        this.sender = new ThreadPoolExecutor(
                0,
                2,
                10,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                Thread.ofVirtual().name("events-", 0).factory(),
                (_, _) -> log.debug("Too many events are waiting; one is dropped"));
    }

    /** Something went as it should. */
    public void normal(HasMetadata regarding, String reason, String action, String note) {
        record(reference(regarding), "Normal", reason, action, note);
    }

    /** Something wants a person's eye. */
    public void warning(HasMetadata regarding, String reason, String action, String note) {
        record(reference(regarding), "Warning", reason, action, note);
    }

    /** About a node of which only the name is known; kubectl describe node finds it by that. */
    public void node(String node, String reason, String action, String note) {
        record(reference(node), "Normal", reason, action, note);
    }

    /** About a pod, which may be gone by now. */
    public void pod(String namespace, String pod, String uid, String reason, String action, String note) {
        record(
                new ObjectReferenceBuilder()
                        .withApiVersion("v1")
                        .withKind("Pod")
                        .withNamespace(namespace)
                        .withName(pod)
                        .withUid(uid)
                        .build(),
                "Normal",
                reason,
                action,
                note);
    }

    /** The same, where something wants a person's eye. */
    public void nodeWarning(String node, String reason, String action, String note) {
        record(reference(node), "Warning", reason, action, note);
    }

    /** About a pod that waits. */
    public void pod(PodSummary pod, String reason, String action, String note) {
        var regarding = new ObjectReferenceBuilder()
                .withApiVersion("v1")
                .withKind("Pod")
                .withNamespace(pod.namespace())
                .withName(pod.name())
                .withUid(pod.uid())
                .withResourceVersion(pod.resourceVersion())
                .build();
        record(regarding, "Warning", reason, action, note);
    }

    /** Lets those that are under way arrive, for a second at most. */
    @Override
    public void close() {
        sender.shutdown();
        try {
            if (!sender.awaitTermination(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
                log.debug("Some events were not sent before the end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void record(ObjectReference regarding, String type, String reason, String action, String note) {
        var now = clock.instant();
        var key = new Said(regarding.getUid(), reason, note);
        var before = said.put(key, now);
        if (before != null && Duration.between(before, now).compareTo(REPEATS_WITHIN) < 0) {
            said.put(key, before);
            return;
        }
        if (said.size() > REMEMBERED) {
            said.values().removeIf(at -> Duration.between(at, now).compareTo(REPEATS_WITHIN) >= 0);
        }
        sender.execute(() -> send(regarding, type, reason, action, note, now));
    }

    private void send(ObjectReference regarding, String type, String reason, String action, String note, Instant now) {
        var namespace = Optional.ofNullable(regarding.getNamespace()).orElse(FOR_CLUSTER_SCOPED);
        var event = new EventBuilder()
                .withNewMetadata()
                .withGenerateName(regarding.getName() + "-")
                .withNamespace(namespace)
                .endMetadata()
                .withRegarding(regarding)
                .withType(type)
                .withReason(reason)
                .withAction(action)
                .withNote(shortened(note))
                .withReportingController("waterline.dev/operator")
                .withReportingInstance(instance)
                .withEventTime(new MicroTime(MICROS.format(now)))
                .build();
        try {
            client.events().v1().events().inNamespace(namespace).resource(event).create();
        } catch (KubernetesClientException e) {
            log.debug(
                    "An event about {} {} was not recorded: {}",
                    regarding.getKind(),
                    regarding.getName(),
                    e.getMessage());
        }
    }

    /** Cut to what the API server takes, which counts bytes and refuses the event if there are more. */
    static String shortened(String note) {
        if (note.getBytes(StandardCharsets.UTF_8).length <= NOTE_LIMIT) {
            return note;
        }
        var room = StandardCharsets.UTF_8
                .encode(note)
                .limit(NOTE_LIMIT - ELLIPSIS.getBytes(StandardCharsets.UTF_8).length);
        while (room.limit() > 0 && (room.duplicate().limit(room.capacity()).get(room.limit()) & 0xC0) == 0x80) {
            room.limit(room.limit() - 1);
        }
        return StandardCharsets.UTF_8.decode(room) + ELLIPSIS;
    }

    private static ObjectReference reference(String node) {
        return new ObjectReferenceBuilder()
                .withApiVersion("v1")
                .withKind("Node")
                .withName(node)
                .withUid(node)
                .build();
    }

    private static ObjectReference reference(HasMetadata object) {
        return new ObjectReferenceBuilder()
                .withApiVersion(object.getApiVersion())
                .withKind(object.getKind())
                .withNamespace(object.getMetadata().getNamespace())
                .withName(object.getMetadata().getName())
                .withUid(object.getMetadata().getUid())
                .withResourceVersion(object.getMetadata().getResourceVersion())
                .build();
    }
}
