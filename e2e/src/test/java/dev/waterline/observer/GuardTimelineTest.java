package dev.waterline.observer;

import static dev.waterline.observer.AuditRecords.at;
import static dev.waterline.observer.AuditRecords.guard;
import static dev.waterline.observer.AuditRecords.guardDeleted;
import static dev.waterline.observer.AuditRecords.probe;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.testbed.audit.AuditRecord;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class GuardTimelineTest {
    @Test
    void aFreezeIsAcknowledgedWhenTheSentinelOfItsVersionIsFirstDenied() {
        assertThat(freezes(guard(1, 1, "a"), probe(1.1, 1, 404), probe(1.2, 1, 403), probe(1.3, 1, 403)))
                .containsExactly(new Freeze("a", 1000, at(1.2), null));
    }

    @Test
    void anOlderSentinelDoesNotAcknowledgeANewerVersion() {
        assertThat(freezes(guard(1, 1, "a"), probe(1.2, 1, 403), guard(2, 2, "a", "b"), probe(2.1, 1, 403)))
                .containsExactlyInAnyOrder(new Freeze("a", 1000, at(1.2), null), new Freeze("b", 1000, null, null));
    }

    @Test
    void aNewerSentinelAcknowledgesWhatAnOlderVersionHasFrozen() {
        assertThat(freezes(guard(1, 1, "a"), guard(2, 2, "a", "b"), probe(2.2, 2, 403)))
                .containsExactlyInAnyOrder(new Freeze("a", 1000, at(2.2), null), new Freeze("b", 1000, at(2.2), null));
    }

    @Test
    void aNodeIsReleasedWhenAVersionWithoutItIsReceived() {
        assertThat(freezes(guard(1, 1, "a", "b"), probe(1.2, 1, 403), guard(5, 2, "b")))
                .containsExactlyInAnyOrder(
                        new Freeze("a", 1000, at(1.2), at(4.9)), new Freeze("b", 1000, at(1.2), null));
    }

    @Test
    void aDeletedGuardReleasesAll() {
        assertThat(freezes(guard(1, 1, "a"), probe(1.2, 1, 403), guardDeleted(3)))
                .containsExactly(new Freeze("a", 1000, at(1.2), at(2.9)));
    }

    @Test
    void aNodeThatFreezesTwiceHasTwoFreezes() {
        assertThat(freezes(guard(1, 1, "a"), probe(1.2, 1, 403), guard(3, 2), guard(5, 3, "a"), probe(5.2, 3, 403)))
                .containsExactlyInAnyOrder(
                        new Freeze("a", 1000, at(1.2), at(2.9)), new Freeze("a", 1000, at(5.2), null));
    }

    private static List<Freeze> freezes(AuditRecord... records) {
        var timeline = new GuardTimeline(1);
        Stream.of(records).forEach(timeline::accept);
        return timeline.freezes();
    }
}
