package dev.waterline.reconciler;

import dev.waterline.api.v1alpha1.PriorityWaterlineStatus;
import dev.waterline.api.v1alpha1.PriorityWaterlineStatus.SettlementStatus;
import dev.waterline.api.v1alpha1.PriorityWaterlineStatus.WindowStatus;
import dev.waterline.decision.window.Settlement;
import dev.waterline.decision.window.SettlementSentence;
import dev.waterline.decision.window.SettlementState;
import dev.waterline.decision.window.SettlementTerm;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the status says of windows, and what an earlier life of the process has written there. */
final class WindowStatuses {
    private static final Logger log = LoggerFactory.getLogger(WindowStatuses.class);

    private WindowStatuses() {}

    static List<WindowStatus> of(WindowsNow windows, Map<String, Settlement> settlements) {
        return windows.moments().stream()
                .map(moment -> {
                    var name = moment.window().name();
                    var occurrence = moment.occurrence();
                    return new WindowStatus(
                            name,
                            moment.phase().name(),
                            occurrence.from().toString(),
                            occurrence.start().toString(),
                            occurrence.until().toString(),
                            Optional.ofNullable(settlements.get(name))
                                    .map(settlement -> status(name, settlement))
                                    .orElse(null));
                })
                .toList();
    }

    /** By the name of the window. */
    static Map<String, Settlement> settlements(@Nullable PriorityWaterlineStatus status) {
        var settlements = new HashMap<String, Settlement>();
        if (status != null) {
            for (var window : status.windows()) {
                restored(window).ifPresent(settlement -> settlements.put(window.name(), settlement));
            }
        }
        return settlements;
    }

    private static SettlementStatus status(String window, Settlement settlement) {
        return new SettlementStatus(
                settlement.state().name(),
                settlement.term().from().toString(),
                settlement.term().start().toString(),
                settlement.term().deadline().toString(),
                settlement.jobs(),
                settlement.succeeded(),
                settlement.shown().map(Duration::toSeconds).orElse(null),
                SettlementSentence.of(window, settlement));
    }

    private static Optional<Settlement> restored(WindowStatus window) {
        var status = window.settlement();
        if (status == null) {
            return Optional.empty();
        }
        try {
            var term = new SettlementTerm(
                    Instant.parse(status.from()), Instant.parse(status.start()), Instant.parse(status.deadline()));
            return Arrays.stream(SettlementState.values())
                    .filter(state -> state.name().equals(status.state()))
                    .findFirst()
                    .map(state -> Settlement.restored(
                            term,
                            state,
                            status.jobs(),
                            status.succeeded(),
                            Optional.ofNullable(status.requiredSeconds()).map(Duration::ofSeconds),
                            status.message()));
        } catch (DateTimeParseException e) {
            // Somebody else has written there; the ledger begins anew.
            log.warn("The status of window {} is not ours and is written anew: {}", window.name(), e.getMessage());
            return Optional.empty();
        }
    }
}
