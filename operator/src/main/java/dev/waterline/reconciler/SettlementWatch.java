package dev.waterline.reconciler;

import dev.waterline.api.v1alpha1.PriorityWaterline;
import dev.waterline.api.v1alpha1.Protect;
import dev.waterline.decision.window.ProtectedJob;
import dev.waterline.decision.window.Settlement;
import dev.waterline.decision.window.SettlementLedger;
import dev.waterline.decision.window.SettlementTerm;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Keeps the ledger of each window that protects Jobs. What must outlive the process is read back from the status. */
final class SettlementWatch {
    private final Function<Protect, Optional<List<ProtectedJob>>> jobs;
    private final ConcurrentHashMap<String, Map<String, Settlement>> known = new ConcurrentHashMap<>();

    /** @param jobs those that are protected; empty while they are not known yet */
    SettlementWatch(Function<Protect, Optional<List<ProtectedJob>>> jobs) {
        this.jobs = jobs;
    }

    /** What was last known of each window, by name. */
    Map<String, Settlement> before(PriorityWaterline resource) {
        return known.getOrDefault(resource.getMetadata().getUid(), WindowStatuses.settlements(resource.getStatus()));
    }

    /** @return by the name of the window, in the order of the spec; not in it: nothing to tell yet */
    Map<String, Settlement> assess(PriorityWaterline resource, WindowsNow windows, Instant now) {
        var before = before(resource);
        var after = new LinkedHashMap<String, Settlement>();
        for (var moment : windows.moments()) {
            var name = moment.window().name();
            assess(moment, Optional.ofNullable(before.get(name)), now)
                    .ifPresent(settlement -> after.put(name, settlement));
        }
        known.put(resource.getMetadata().getUid(), after);
        return after;
    }

    void forget(String uid) {
        known.remove(uid);
    }

    private Optional<Settlement> assess(WindowsNow.Moment moment, Optional<Settlement> before, Instant now) {
        var protect = moment.window().protect();
        if (protect == null) {
            return Optional.empty();
        }
        var matching = jobs.apply(protect);
        // Outside of its window, what the last one came to is told until the next one takes effect.
        var term = moment.phase().isInEffect()
                ? Optional.of(SettlementTerm.of(moment.occurrence(), WindowCalendar.deadline(moment.window())))
                : before.map(Settlement::term);
        return term.isEmpty() || matching.isEmpty()
                ? before
                : Optional.of(SettlementLedger.assess(term.get(), matching.get(), before, now));
    }
}
