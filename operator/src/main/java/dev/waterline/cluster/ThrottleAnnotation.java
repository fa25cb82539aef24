package dev.waterline.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.waterline.decision.relief.CpuLimit;
import dev.waterline.decision.relief.PodFacts.Note;
import dev.waterline.decision.relief.PodFacts.ReadableNote;
import dev.waterline.decision.relief.PodFacts.UnreadableNote;
import dev.waterline.decision.relief.ThrottleNote;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The content of the annotation {@code waterline.dev/throttled}. Versioned, and bound to the pod's UID so that a pod made from
 * another's YAML does not inherit it.
 *
 * @param version 1
 * @param pod UID of the pod
 * @param waterline UID of the PriorityWaterline
 * @param tier the pod's tier there
 * @param percent what was to be left of the limits
 * @param since RFC 3339
 * @param containers by container name
 */
record ThrottleAnnotation(
        int version,
        @Nullable String pod,
        @Nullable String waterline,
        @Nullable String tier,
        int percent,
        @Nullable String since,
        @Nullable Map<String, @Nullable Limits> containers) {
    private static final int VERSION = 1;
    private static final JsonMapper json = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /**
     * CPU limits of one container, as the API server writes them.
     *
     * @param original before
     * @param target as lowered
     */
    record Limits(@Nullable String original, @Nullable String target) {}

    static String format(ThrottleNote note) {
        var containers = new TreeMap<String, @Nullable Limits>();
        note.containers()
                .forEach((name, lowered) -> containers.put(
                        name,
                        new Limits(lowered.original().text(), lowered.target().text())));
        try {
            return json.writeValueAsString(new ThrottleAnnotation(
                    VERSION,
                    note.podUid(),
                    note.waterline(),
                    note.tier(),
                    note.percent(),
                    note.since().toString(),
                    containers));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A throttle annotation could not be written as JSON", e);
        }
    }

    /** Reads an annotation that was found on the pod with this UID. */
    static Note parse(String text, String podUid) {
        try {
            @Nullable ThrottleAnnotation read = json.readValue(text, ThrottleAnnotation.class);
            return read != null && read.version == VERSION && podUid.equals(read.pod)
                    ? new ReadableNote(read.note())
                    : new UnreadableNote();
        } catch (JsonProcessingException | DateTimeException | IllegalArgumentException e) {
            // People may edit annotations; what was wrong with it makes no difference.
            return new UnreadableNote();
        }
    }

    private ThrottleNote note() {
        var lowered = new TreeMap<String, ThrottleNote.Lowered>();
        if (containers != null) {
            containers.forEach((name, limits) -> lowered.put(name, lowered(limits)));
        }
        return new ThrottleNote(
                text(pod), text(waterline), text(tier), percent, Instant.parse(text(since)), Map.copyOf(lowered));
    }

    private static ThrottleNote.Lowered lowered(@Nullable Limits limits) {
        if (limits == null) {
            throw new IllegalArgumentException("a container has no limits");
        }
        return new ThrottleNote.Lowered(limit(limits.original()), limit(limits.target()));
    }

    private static CpuLimit limit(@Nullable String text) {
        return new CpuLimit(text(text), CpuQuantity.millis(text(text)));
    }

    private static String text(@Nullable String value) {
        if (value == null) {
            throw new IllegalArgumentException("a field is missing");
        }
        return value;
    }
}
