package dev.waterline.admission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waterline.fixture.FakeClock;
import dev.waterline.telemetry.GuardMeters;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodePressureAdmissionControllerTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, PodFacts> cache = new HashMap<>();
    private final Map<String, PodFacts> cluster = new HashMap<>();
    private final Map<String, String> reasons = new HashMap<>();
    private final Map<String, String> volumes = new HashMap<>();
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private boolean apiServerAnswers = true;
    private int liveLookups;
    private Duration askedWithin = Duration.ZERO;
    private final FakeClock clock = new FakeClock("2026-07-01T12:00:00Z");
    private final long begun = clock.nanoTime().getAsLong();
    private final NodePressureAdmissionController controller = new NodePressureAdmissionController(
            "waterline-system",
            new Pods(),
            node -> Optional.ofNullable(reasons.get(node)),
            new GuardMeters(meters),
            clock.nanoTime());

    @ParameterizedTest
    @CsvSource({"999, 1000, false", "1000, 1000, true", "1001, 1000, true", "0, 0, true", "-5, 0, false"})
    void aPodMayBindIfItsPriorityReachesTheFloor(int priority, int floor, boolean allowed) {
        cache.put("shop/cart", pod("u1", priority));

        JsonNode response = bind(floor, "shop", "cart", "u1", "n1");

        assertThat(response.path("allowed").asBoolean()).isEqualTo(allowed);
        assertThat(response.path("uid").asText()).isEqualTo("review-1");
        assertThat(liveLookups).isZero();
    }

    @Test
    void aDenialTellsWhyTheNodeIsFrozenWhereThisReplicaKnows() {
        cache.put("shop/cart", pod("u1", 7));
        reasons.put("node-7", "PriorityWaterline core: cpu is at 90.0 %");

        JsonNode status = bind(1000, "shop", "cart", "u1", "node-7").path("status");

        assertThat(status.path("message").asText())
                .isEqualTo("pod shop/cart has priority 7, and node node-7 is frozen for priorities below 1000"
                        + " (PriorityWaterline core: cpu is at 90.0 %); it will be scheduled elsewhere or once the node has"
                        + " thawed");
    }

    @Test
    void aDenialTellsThePodItsPriorityTheNodeTheFloorAndWhereToLook() {
        cache.put("shop/cart", pod("u1", 7));

        JsonNode status = bind(1000, "shop", "cart", "u1", "node-7").path("status");

        assertThat(status.path("code").asInt()).isEqualTo(403);
        assertThat(status.path("reason").asText()).isEqualTo("Forbidden");
        assertThat(status.path("message").asText())
                .contains("shop/cart", "priority 7", "node node-7", "below 1000", "kubectl describe node node-7");
        assertThat(counted("denied", "floor")).isEqualTo(1);
    }

    @Test
    void aProbeIsAlwaysDeniedEvenInOurOwnNamespaceAndForPodsThatDoNotExist() {
        JsonNode response = answer("/bind/1000", review("waterline-system", "waterline-probe", "", "probe-17", true));

        assertThat(response.path("allowed").asBoolean()).isFalse();
        assertThat(response.path("status").path("message").asText()).isEqualTo("probe");
        assertThat(counted("denied", "probe")).isEqualTo(1);
    }

    @Test
    void aRealBindingToANodeThatIsNamedLikeAProbeIsJudgedLikeAnyOther() {
        cache.put("shop/cart", pod("u1", 2000));

        assertThat(bind(1000, "shop", "cart", "u1", "probe-17").path("allowed").asBoolean())
                .isTrue();
    }

    @Test
    void podsOfTheOperatorsOwnNamespaceAreExempt() {
        assertThat(bind(1000, "waterline-system", "operator", "u1", "n1")
                        .path("allowed")
                        .asBoolean())
                .isTrue();
        assertThat(counted("allowed", "own_namespace")).isEqualTo(1);
    }

    @Test
    void daemonSetAndMirrorPodsAreExempt() {
        cache.put("shop/agent", pod("u1", 0, new PodTrait.DaemonSetPod()));
        cache.put("shop/static", pod("u2", 0, new PodTrait.MirrorPod()));

        bind(1000, "shop", "agent", "u1", "n1");
        bind(1000, "shop", "static", "u2", "n1");

        assertThat(counted("allowed", "daemon_set")).isEqualTo(1);
        assertThat(counted("allowed", "mirror")).isEqualTo(1);
    }

    @Test
    void aPodIsExemptOnTheOneNodeThatItsVolumeIsPinnedTo() {
        cluster.put("shop/db", pod("u1", 0, new PodTrait.PinnedToNode("n1")));
        cache.put("shop/db", pod("u1", 0, new PodTrait.UnresolvedClaims()));

        assertThat(bind(1000, "shop", "db", "u1", "n1").path("allowed").asBoolean())
                .isTrue();
        assertThat(bind(1000, "shop", "db", "u1", "n2").path("allowed").asBoolean())
                .isFalse();
        assertThat(counted("allowed", "pinned_volume")).isEqualTo(1);
        assertThat(liveLookups).isEqualTo(2);
    }

    @Test
    void aPodWithClaimsWhosePriorityReachesTheFloorNeedsNoLookup() {
        cache.put("shop/db", pod("u1", 1000, new PodTrait.UnresolvedClaims()));

        bind(1000, "shop", "db", "u1", "n1");

        assertThat(liveLookups).isZero();
    }

    @Test
    void aCachedPodOfTheSameNameButAnotherUidIsLookedUpLive() {
        cache.put("shop/cart-0", pod("old", 2000));
        cluster.put("shop/cart-0", pod("new", 0));

        assertThat(bind(1000, "shop", "cart-0", "new", "n1").path("allowed").asBoolean())
                .isFalse();
        assertThat(liveLookups).isEqualTo(1);
    }

    @Test
    void aPodThatCannotBeLookedUpIsRefusedAndCountedAsUnknown() {
        apiServerAnswers = false;

        assertThat(bind(1000, "shop", "cart", "u1", "n1").path("allowed").asBoolean())
                .isFalse();
        assertThat(counted("denied", "unknown")).isEqualTo(1);
    }

    @Test
    void aPodThatDoesNotExistIsLeftToTheApiServer() {
        assertThat(bind(1000, "shop", "gone", "u1", "n1").path("allowed").asBoolean())
                .isTrue();
        assertThat(counted("allowed", "no_such_pod")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bind/", "/bind/abc", "/bind/-1", "/bind/1000/x", "/bind/99999999999", "/bind/2147483648"})
    void aPathWithoutAFloorIsMalformed(String path) {
        Answer answer = controller.route().answers().apply(call(path, review("shop", "cart", "", "n1", false)));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(new String(answer.body(), UTF_8)).contains("/bind/<floor>");
        assertThat(meters.get("waterline.guard.malformed").counter().count()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    nonsense                                                          | JSON
                    []                                                                | apiVersion
                    {"apiVersion":"admission.k8s.io/v1beta1","kind":"AdmissionReview"} | admission.k8s.io/v1
                    """)
    void aBodyThatIsNoReviewIsMalformed(String body, String says) {
        Answer answer = controller.route().answers().apply(call("/bind/1", body));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(new String(answer.body(), UTF_8)).contains(says);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"uid\":\"review-1\",", "\"namespace\":\"shop\",", "\"name\":\"n1\",", "\"name\":\"cart\","})
    void aReviewWithoutAFieldThatIsNeededNamesTheField(String removed) {
        String body = review("shop", "cart", "u1", "n1", false).replace(removed, "");

        Answer answer = controller.route().answers().apply(call("/bind/1", body));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(new String(answer.body(), UTF_8)).containsPattern("request\\.[a-z.]+ is missing");
    }

    @Test
    void deepNestingIsRefusedRatherThanFollowed() {
        String body = "[".repeat(100_000);

        Answer answer = controller.route().answers().apply(call("/bind/1", body));

        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void aBindingThatNamesNoUidIsJudgedByThePodThatThereIsNow() {
        cache.put("shop/cart", pod("old", 2000));
        cluster.put("shop/cart", pod("new", 0));

        assertThat(bind(1000, "shop", "cart", "", "n1").path("allowed").asBoolean())
                .isFalse();
        assertThat(liveLookups).isEqualTo(1);
    }

    @Test
    void theTimeThatARequestHasWaitedAlreadyIsTakenFromTheLookup() {
        clock.advance(Duration.ofMillis(250));

        bind(1000, "shop", "cart", "u1", "n1");

        assertThat(askedWithin).isEqualTo(NodePressureAdmissionController.ASK_WITHIN.minusMillis(250));
    }

    @Test
    void whatAProcessAsksItselfToWarmUpIsCountedApart() {
        bind(1000, "default", "waterline-warm-up", "u1", GuardWarmUp.NODE);

        assertThat(meters.get("waterline.guard.verdicts")
                        .tag("request", "warm_up")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"999, false", "1000, true", "1001, true"})
    void aPodMayBeCreatedOnAFrozenNodeIfItsPriorityReachesTheFloor(int priority, boolean allowed) {
        JsonNode response = create(1000, "shop", "n1", "\"priority\":" + priority, "");

        assertThat(response.path("allowed").asBoolean()).isEqualTo(allowed);
        assertThat(response.path("uid").asText()).isEqualTo("review-1");
        assertThat(liveLookups).isZero();
    }

    @Test
    void aPodWithoutAPriorityThatIsCreatedOnAFrozenNodeIsDeniedAndToldToLeaveTheNodeOut() {
        JsonNode status = create(1000, "shop", "n1", "\"x\":1", "").path("status");

        assertThat(status.path("message").asText())
                .contains("shop/cart-", "priority 0", "node n1", "below 1000", "leave spec.nodeName out");
        assertThat(meters.get("waterline.guard.verdicts")
                        .tag("request", "creation")
                        .tag("reason", "floor")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void podsThatAreCreatedByADaemonSetOrMirrorAStaticPodAreExempt() {
        var owned = "\"ownerReferences\":[{\"kind\":\"DaemonSet\",\"controller\":true}]";
        var mirror = "\"annotations\":{\"kubernetes.io/config.mirror\":\"hash\"}";

        assertThat(create(1000, "shop", "n1", "\"x\":1", owned).path("allowed").asBoolean())
                .isTrue();
        assertThat(create(1000, "shop", "n1", "\"x\":1", mirror).path("allowed").asBoolean())
                .isTrue();
        assertThat(counted("allowed", "daemon_set")).isEqualTo(1);
        assertThat(counted("allowed", "mirror")).isEqualTo(1);
    }

    @Test
    void aPodThatOnlyMentionsADaemonSetIsNotExempt() {
        var mentioned = "\"ownerReferences\":[{\"kind\":\"DaemonSet\"}]";

        assertThat(create(1000, "shop", "n1", "\"x\":1", mentioned)
                        .path("allowed")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void aPodIsCreatedOnTheOneNodeThatItsVolumeIsPinnedTo() {
        volumes.put("shop/data", "n1");
        var claim = "\"volumes\":[{\"persistentVolumeClaim\":{\"claimName\":\"data\"}}]";

        assertThat(create(1000, "shop", "n1", claim, "").path("allowed").asBoolean())
                .isTrue();
        assertThat(create(1000, "shop", "n2", claim, "").path("allowed").asBoolean())
                .isFalse();
        assertThat(counted("allowed", "pinned_volume")).isEqualTo(1);
    }

    @Test
    void aPodWhoseClaimsCannotBeLookedUpIsNotCreatedOnAFrozenNode() {
        apiServerAnswers = false;
        var claim = "\"volumes\":[{\"persistentVolumeClaim\":{\"claimName\":\"data\"}}]";

        assertThat(create(1000, "shop", "n1", claim, "").path("allowed").asBoolean())
                .isFalse();
    }

    @Test
    void podsOfTheOperatorsOwnNamespaceMayBeCreatedAnywhere() {
        assertThat(create(1000, "waterline-system", "n1", "\"x\":1", "")
                        .path("allowed")
                        .asBoolean())
                .isTrue();
    }

    private Call call(String path, String body) {
        return new Call(path, Optional.empty(), null, body.getBytes(UTF_8), begun);
    }

    private JsonNode create(int floor, String namespace, String node, String spec, String metadata) {
        return answer(NodePressureAdmissionController.path(floor), """
                {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"review-1",\
                "kind":{"group":"","version":"v1","kind":"Pod"},"namespace":"%s","operation":"CREATE",\
                "object":{"metadata":{"generateName":"cart-"%s},"spec":{"nodeName":"%s",%s}}}}""".formatted(
                        namespace, metadata.isEmpty() ? "" : "," + metadata, node, spec));
    }

    private JsonNode bind(int floor, String namespace, String pod, String uid, String node) {
        return answer(NodePressureAdmissionController.path(floor), review(namespace, pod, uid, node, false));
    }

    private JsonNode answer(String path, String review) {
        Answer answer = controller.route().answers().apply(call(path, review));
        assertThat(answer.status()).isEqualTo(200);
        try {
            return JSON.readTree(answer.body()).path("response");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private double counted(String outcome, String reason) {
        return meters.get("waterline.guard.verdicts")
                .tag("outcome", outcome)
                .tag("reason", reason)
                .counter()
                .count();
    }

    private static PodFacts pod(String uid, int priority, PodTrait... traits) {
        return new PodFacts(uid, priority, Set.of(traits));
    }

    private static String review(String namespace, String pod, String uid, String node, boolean dryRun) {
        return """
                {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"review-1",\
                "kind":{"group":"","version":"v1","kind":"Binding"},"namespace":"%s",\
                "operation":"CREATE","dryRun":%s,"object":{"metadata":{"name":"%s","uid":"%s"},\
                "target":{"name":"%s","kind":"Node"}}}}""".formatted(namespace, dryRun, pod, uid, node);
    }

    private final class Pods implements PodLookup {
        @Override
        public Optional<PodFacts> cached(String namespace, String name, String uid) {
            return Optional.ofNullable(cache.get(namespace + "/" + name)).filter(pod -> uid.equals(pod.uid()));
        }

        @Override
        public Set<PodTrait.PinnedToNode> pinned(String namespace, Collection<String> claims, Duration within)
                throws PodLookupException {
            liveLookups++;
            askedWithin = within;
            if (!apiServerAnswers) {
                throw new PodLookupException("no answer", null);
            }
            return claims.stream()
                    .flatMap(claim -> Optional.ofNullable(volumes.get(namespace + "/" + claim)).stream())
                    .map(PodTrait.PinnedToNode::new)
                    .collect(Collectors.toSet());
        }

        @Override
        public Optional<PodFacts> live(String namespace, String name, Duration within) throws PodLookupException {
            liveLookups++;
            askedWithin = within;
            if (!apiServerAnswers) {
                throw new PodLookupException("no answer", null);
            }
            return Optional.ofNullable(cluster.get(namespace + "/" + name));
        }
    }
}
