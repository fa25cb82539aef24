package dev.waterline.admission;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waterline.telemetry.GuardMeters;
import dev.waterline.telemetry.Metrics;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One verdict from cache: the review's bytes in, the answer's bytes out, counted in the process's own registry. Everything
 * but TLS and HTTP. Sampled, because a mean on a busy machine says how busy it is.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Xmx256m", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders"})
@State(Scope.Thread)
public class GuardVerdictBenchmark {
    private static final int PODS = 100_000;
    private static final int FLOOR = 1_000;

    /** A pod at the floor may bind, one below it is refused with a sentence, one is created with a node's name. */
    @Param({"allowed", "denied", "created"})
    public String verdict = "allowed";

    private final NodePressureAdmissionController guard = new NodePressureAdmissionController(
            "waterline-system",
            new Cached(),
            _ -> Optional.empty(),
            new GuardMeters(new Metrics().registry()),
            System::nanoTime);
    private int next;

    @Benchmark
    public Answer verdict() {
        next = (next + 1) % PODS;
        String review = switch (verdict) {
            case "allowed" -> binding(next - next % 2);
            case "denied" -> binding(next - next % 2 + 1);
            default -> creation(next);
        };
        return guard.route()
                .answers()
                .apply(new Call(
                        NodePressureAdmissionController.path(FLOOR),
                        Optional.empty(),
                        null,
                        review.getBytes(UTF_8),
                        System.nanoTime()));
    }

    /** As the API server sends it, with what it says besides. */
    private static String binding(int pod) {
        return REVIEW_BEGIN + """
                "kind":{"group":"","version":"v1","kind":"Binding"},"resource":{"group":"","version":"v1","resource":"pods"},\
                "subResource":"binding","requestSubResource":"binding","name":"pod-""" + pod + REVIEW_MIDDLE + """
                {"kind":"Binding","apiVersion":"v1","metadata":{"name":"pod-""" + pod
                + "\",\"namespace\":\"shop\",\"uid\":\"uid-" + pod + """
                ","creationTimestamp":null},"target":{"kind":"Node","name":"node-17"}}""" + REVIEW_END;
    }

    private static String creation(int pod) {
        return REVIEW_BEGIN + """
                "kind":{"group":"","version":"v1","kind":"Pod"},"resource":{"group":"","version":"v1","resource":"pods"},\
                "name":"pod-""" + pod + REVIEW_MIDDLE + """
                {"kind":"Pod","apiVersion":"v1","metadata":{"name":"pod-""" + pod + """
                ","namespace":"shop"},"spec":{"nodeName":"node-17","priority":0,"volumes":[{"name":"token",\
                "projected":{"sources":[{"serviceAccountToken":{"expirationSeconds":3607,"path":"token"}}]}}],\
                "containers":[{"name":"main","image":"example.org/shop:1","resources":{"requests":{"cpu":"1"}},\
                "volumeMounts":[{"name":"token","mountPath":"/var/run/secrets"}]}]}}""" + REVIEW_END;
    }

    private static final String REVIEW_BEGIN =
            "{\"kind\":\"AdmissionReview\",\"apiVersion\":\"admission.k8s.io/v1\",\"request\":{\"uid\":\"0df28fbd\",";
    private static final String REVIEW_MIDDLE =
            "\",\"namespace\":\"shop\",\"operation\":\"CREATE\",\"userInfo\":{\"username\":"
                    + "\"system:kube-scheduler\",\"groups\":[\"system:authenticated\"]},\"object\":";
    private static final String REVIEW_END =
            ",\"oldObject\":null,\"dryRun\":false,\"options\":{\"kind\":\"CreateOptions\",\"apiVersion\":\"meta.k8s.io/v1\"}}}";

    /** As many pods as a large cluster has; every second one reaches the floor. */
    private static final class Cached implements PodLookup {
        private final ConcurrentHashMap<String, PodFacts> pods = new ConcurrentHashMap<>();

        Cached() {
            for (int i = 0; i < PODS; i++) {
                pods.put("shop/pod-" + i, new PodFacts("uid-" + i, i % 2 == 0 ? FLOOR : 0, Set.of()));
            }
        }

        @Override
        public Optional<PodFacts> cached(String namespace, String name, String uid) {
            return Optional.ofNullable(pods.get(namespace + "/" + name))
                    .filter(pod -> pod.uid().equals(uid));
        }

        @Override
        public Optional<PodFacts> live(String namespace, String name, Duration within) throws PodLookupException {
            throw new PodLookupException("everything is cached here", null);
        }

        @Override
        public Set<PodTrait.PinnedToNode> pinned(String namespace, Collection<String> claims, Duration within)
                throws PodLookupException {
            throw new PodLookupException("everything is cached here", null);
        }
    }
}
