package dev.waterline.cluster;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.waterline.decision.override.NodeOverride;
import dev.waterline.decision.pressure.Contribution;
import dev.waterline.decision.pressure.Evidence;
import dev.waterline.decision.pressure.PressureSentence;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The content of the annotation {@code waterline.dev/freeze}: what a restarted operator needs to go on, and what a person wants
 * to read on the node. Versioned, and bound to the node's UID so that a new node of the same name does not inherit it.
 *
 * @param version 1
 * @param node UID of the node
 * @param waterlines by UID of the PriorityWaterline
 * @param override what a person has ordered beside them; absent: nothing
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record FreezeAnnotation(
        int version,
        String node,
        Map<String, Share> waterlines,
        @Nullable Forced override) {
    private static final int VERSION = 1;
    private static final int REASONS_TOLD = 3;
    private static final Logger log = LoggerFactory.getLogger(FreezeAnnotation.class);
    private static final JsonMapper json = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    public FreezeAnnotation {
        waterlines = Map.copyOf(Objects.requireNonNullElse(waterlines, Map.of()));
    }

    /**
     * What one PriorityWaterline holds frozen on the node.
     *
     * @param tiers by tier name
     * @param readings smoothed ratios when this was written, by signal name
     * @param name of the PriorityWaterline, for people; absent: it was not known when this was written
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Share(
            Map<String, Tier> tiers,
            Map<String, Double> readings,
            @Nullable String name) {
        public Share {
            tiers = Map.copyOf(Objects.requireNonNullElse(tiers, Map.of()));
            readings = Map.copyOf(Objects.requireNonNullElse(readings, Map.of()));
        }

        private Set<String> causes() {
            var causes = new TreeSet<String>();
            tiers.values().forEach(tier -> causes.add(Objects.requireNonNullElse(tier.reason(), "")));
            causes.remove("");
            tiers.keySet().forEach(tier -> causes.remove(PressureSentence.of(new Evidence.HigherTier(tier))));
            return causes;
        }
    }

    /**
     * @param since RFC 3339
     * @param lastHot RFC 3339, when this was written
     * @param reason one sentence
     */
    public record Tier(String since, String lastHot, String reason) {
        /**
         * Refuses what people who edit annotations may have left.
         *
         * @throws DateTimeException if {@code since} is no time
         */
        public Tier {
            var _ = Instant.parse(Objects.requireNonNullElse(since, ""));
        }

        public Instant sinceInstant() {
            return Instant.parse(since);
        }
    }

    /**
     * A person's freeze override.
     *
     * @param floor pods with priority below it may not land
     * @param until RFC 3339
     */
    public record Forced(int floor, String until) {
        static Forced of(NodeOverride.Freeze freeze) {
            return new Forced(freeze.floor(), freeze.until().toString());
        }
    }

    /** @param names of PriorityWaterlines by UID, as far as they are known */
    static FreezeAnnotation of(
            String nodeUid,
            Map<String, Contribution> contributions,
            Optional<NodeOverride.Freeze> override,
            Function<String, Optional<String>> names) {
        var waterlines = new TreeMap<String, Share>();
        contributions.forEach((uid, contribution) -> {
            var tiers = new TreeMap<String, Tier>();
            contribution
                    .frozen()
                    .forEach((name, tier) -> tiers.put(
                            name,
                            new Tier(
                                    tier.since().toString(),
                                    tier.lastHot().toString(),
                                    PressureSentence.of(tier.why()))));
            waterlines.put(
                    uid,
                    new Share(tiers, contribution.readings(), names.apply(uid).orElse(null)));
        });
        return new FreezeAnnotation(
                VERSION, nodeUid, waterlines, override.map(Forced::of).orElse(null));
    }

    /** Reads an annotation; one of another version, another node, or that is no such JSON is as good as none. */
    public static Optional<FreezeAnnotation> parse(String text, String nodeUid) {
        try {
            @Nullable FreezeAnnotation read = json.readValue(text, FreezeAnnotation.class);
            return Optional.ofNullable(read)
                    .filter(annotation -> annotation.version() == VERSION && nodeUid.equals(annotation.node()));
        } catch (JsonProcessingException e) {
            log.warn("An annotation of ours on the node with UID {} cannot be read and is ignored", nodeUid);
            return Optional.empty();
        }
    }

    /** For people, why the node is frozen: of each waterline what froze it, tiers that only follow a higher one aside. */
    public Optional<String> why() {
        var reasons = new TreeSet<String>();
        waterlines
                .values()
                .forEach(share -> share.causes()
                        .forEach(cause -> reasons.add(
                                share.name() == null ? cause : "PriorityWaterline " + share.name() + ": " + cause)));
        if (override != null) {
            reasons.add("a person's override until " + override.until());
        }
        return reasons.isEmpty()
                ? Optional.empty()
                : Optional.of(reasons.stream().limit(REASONS_TOLD).collect(Collectors.joining("; ")));
    }

    String format() {
        try {
            return json.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A freeze annotation could not be written as JSON", e);
        }
    }

    /**
     * Whether both say that the same tiers are frozen since the same times and by the same person's order; readings move all the
     * while and do not count.
     */
    boolean saysTheSameAs(FreezeAnnotation other) {
        return since().equals(other.since()) && Objects.equals(override, other.override);
    }

    private Map<String, String> since() {
        var since = new TreeMap<String, String>();
        waterlines.forEach(
                (uid, share) -> share.tiers().forEach((tier, frozen) -> since.put(uid + "/" + tier, frozen.since())));
        return since;
    }
}
