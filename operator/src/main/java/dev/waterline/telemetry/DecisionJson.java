package dev.waterline.telemetry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waterline.decision.record.DecisionRecord;
import dev.waterline.decision.record.DecisionSentence;
import dev.waterline.decision.record.Reason;
import dev.waterline.decision.record.ReasonChain;
import java.time.Duration;
import java.util.Optional;

/** Decisions as JSON, version v1; docs/reference/decisions.md is its description. Within a version fields are only added. */
public final class DecisionJson {
    static final String VERSION = "v1";

    private static final JsonMapper json = JsonMapper.builder().build();

    /**
     * Who answers: a replica knows only what it decided itself.
     *
     * @param name of this process
     * @param leading whether it decides now
     * @param leader who does, as far as this process knows
     */
    public record Replica(String name, boolean leading, Optional<String> leader) {}

    private DecisionJson() {}

    public static byte[] page(DecisionLog.Page page, Replica replica) {
        var root = head(replica);
        root.put("held", page.held()).put("forgotten", page.forgotten()).put("more", page.more());
        var decisions = root.putArray("decisions");
        page.decisions().forEach(decision -> write(decisions.addObject(), decision));
        return bytes(root);
    }

    public static byte[] one(DecisionRecord decision, Replica replica) {
        var root = head(replica);
        write(root.putObject("decision"), decision);
        return bytes(root);
    }

    /** @param sentence what is wrong, and what to do instead */
    public static byte[] problem(String sentence, Replica replica) {
        return bytes(head(replica).put("error", sentence));
    }

    private static ObjectNode head(Replica replica) {
        var root = JsonNodeFactory.instance.objectNode().put("version", VERSION);
        var who = root.putObject("replica").put("name", replica.name()).put("leading", replica.leading());
        replica.leader().ifPresent(leader -> who.put("leader", leader));
        return root;
    }

    private static void write(ObjectNode node, DecisionRecord decision) {
        var change = decision.change();
        node.put("id", decision.id())
                .put("at", decision.at().toString())
                .put("action", change.action().label())
                .put("enforced", decision.enforced());
        decision.policy()
                .ifPresent(policy -> node.put("waterline", policy.waterline()).put("generation", policy.generation()));
        change.node().ifPresent(name -> node.put("node", name));
        change.tier().ifPresent(tier -> node.put("tier", tier));
        change.pod().ifPresent(pod -> node.put("pod", pod));
        change.floor().ifPresent(floor -> node.put("floor", floor));
        var chain = node.putArray("reasons");
        ReasonChain.of(change).forEach(reason -> write(chain.addObject(), reason));
        node.put("message", DecisionSentence.of(decision));
    }

    private static void write(ObjectNode node, Reason reason) {
        switch (reason) {
            case Reason.Reading reading ->
                node.put("step", "Reading")
                        .put("signal", reading.signal())
                        .put("ratio", reading.ratio())
                        .put("at", reading.at().toString());
            case Reason.Smoothed smoothed ->
                node.put("step", "Smoothed").put("signal", smoothed.signal()).put("ratio", smoothed.ratio());
            case Reason.Reserved reserved ->
                node.put("step", "Reserved").put("signal", reserved.signal()).put("ratio", reserved.ratio());
            case Reason.Level level -> {
                node.put("step", "Level")
                        .put("signal", level.signal())
                        .put("field", level.bound().field())
                        .put("ratio", level.ratio())
                        .put("origin", level.origin());
                level.tier().ifPresent(tier -> node.put("tier", tier));
            }
            case Reason.Dwell dwell -> node.put("step", "Dwell").put("seconds", seconds(dwell.atLeast()));
            case Reason.Hold hold ->
                node.put("step", "Hold")
                        .put("seconds", seconds(hold.minHold()))
                        .put("lastHot", hold.lastHot().toString());
            case Reason.HigherTier higher -> node.put("step", "HigherTier").put("tier", higher.tier());
            case Reason.OutageOver outage ->
                node.put("step", "OutageOver").put("signal", outage.signal()).put("seconds", seconds(outage.hold()));
            case Reason.NeverSeen never -> node.put("step", "NeverSeen").put("signal", never.signal());
            case Reason.Circumstance circumstance -> node.put("step", circumstance.label());
            case Reason.OrderedUntil ordered ->
                node.put("step", "Override").put("until", ordered.until().toString());
            case Reason.Switched switched -> node.put("step", "Switched").put("annotation", switched.annotation());
            case Reason.Guard guard -> node.put("step", "Guard").put("seconds", seconds(guard.afterDecision()));
        }
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }

    private static byte[] bytes(ObjectNode root) {
        try {
            return json.writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Decisions could not be written as JSON", e);
        }
    }
}
