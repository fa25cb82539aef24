package dev.waterline.reconciler;

import dev.waterline.api.v1alpha1.PriorityWaterline;
import dev.waterline.api.v1alpha1.PriorityWaterlineStatus.WindowStatus;
import dev.waterline.api.v1alpha1.Protect;
import dev.waterline.cluster.EventRecorder;
import dev.waterline.decision.window.ProtectedJob;
import dev.waterline.decision.window.Settlement;
import dev.waterline.decision.window.SettlementSentence;
import dev.waterline.decision.window.SettlementState;
import dev.waterline.telemetry.WindowMeters;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The windows of PriorityWaterlines: which are in effect, how protected work stands, and telling people of it. */
final class Windows {
    private static final String ACTION = "FollowCalendar";
    private static final List<String> STATES =
            Arrays.stream(SettlementState.values()).map(Enum::name).toList();

    private final WindowCalendar calendar = new WindowCalendar();
    private final SettlementWatch settlements;
    private final EventRecorder events;
    private final WindowMeters meters;

    /** @param jobs those that are protected; empty while they are not known yet */
    Windows(Function<Protect, Optional<List<ProtectedJob>>> jobs, EventRecorder events, WindowMeters meters) {
        this.settlements = new SettlementWatch(jobs);
        this.events = events;
        this.meters = meters;
    }

    /**
     * What is told of windows after a pass.
     *
     * @param statuses of those that can be followed
     * @param settlement of all protected work together; empty: there is none, or no window of it has been in effect yet
     */
    record Report(List<WindowStatus> statuses, Optional<ConditionFact> settlement) {}

    WindowsNow at(PriorityWaterline resource, Instant now) {
        return calendar.at(resource.getSpec().windows(), now);
    }

    Report report(PriorityWaterline resource, WindowsNow windows, Instant now) {
        var before = settlements.before(resource);
        var after = settlements.assess(resource, windows, now);
        var known = published(resource);
        windows.moments()
                .forEach(moment -> tellPhase(
                        resource,
                        moment,
                        Optional.ofNullable(known.get(moment.window().name()))));
        after.forEach((window, settlement) ->
                tellSettlement(resource, window, Optional.ofNullable(before.get(window)), settlement, now));
        var gone = new HashSet<>(known.keySet());
        for (var moment : windows.moments()) {
            var name = moment.window().name();
            gone.remove(name);
            if (!after.containsKey(name)) {
                meters.noSettlement(resource.getMetadata().getName(), name);
            }
        }
        gone.forEach(window -> meters.forget(resource.getMetadata().getName(), window));
        return new Report(WindowStatuses.of(windows, after), PressureConditions.settlement(after));
    }

    void forget(PriorityWaterline resource) {
        settlements.forget(resource.getMetadata().getUid());
        published(resource)
                .keySet()
                .forEach(window -> meters.forget(resource.getMetadata().getName(), window));
    }

    private void tellPhase(PriorityWaterline resource, WindowsNow.Moment moment, Optional<WindowStatus> before) {
        var name = moment.window().name();
        boolean inEffect = moment.phase().isInEffect();
        boolean wasInEffect =
                before.filter(status -> !"Upcoming".equals(status.state())).isPresent();
        meters.inEffect(resource.getMetadata().getName(), name, inEffect);
        if (inEffect && !wasInEffect) {
            events.normal(
                    resource,
                    "WindowInEffect",
                    ACTION,
                    "Window %s is in effect until %s"
                            .formatted(name, moment.occurrence().until()));
        } else if (!inEffect && wasInEffect) {
            events.normal(
                    resource,
                    "WindowOver",
                    ACTION,
                    "Window %s is over; it is in effect again at %s"
                            .formatted(name, moment.occurrence().from()));
        }
    }

    private void tellSettlement(
            PriorityWaterline resource, String window, Optional<Settlement> before, Settlement after, Instant now) {
        var left = Duration.between(now, after.term().deadline());
        meters.settlement(
                resource.getMetadata().getName(),
                window,
                after.state().name(),
                STATES,
                after.required(),
                left.isNegative() ? Optional.empty() : Optional.of(left));
        boolean changed = before.filter(settlement -> settlement.state() == after.state())
                .filter(settlement -> settlement.term().equals(after.term()))
                .isEmpty();
        if (changed) {
            tell(resource, after.state(), SettlementSentence.of(window, after));
        }
    }

    private void tell(PriorityWaterline resource, SettlementState state, String sentence) {
        var reason = "Settlement" + state;
        switch (state) {
            case NoWork, OnTrack, Met -> events.normal(resource, reason, ACTION, sentence);
            case AtRisk, Critical, Missed -> events.warning(resource, reason, ACTION, sentence);
        }
    }

    private static Map<String, WindowStatus> published(PriorityWaterline resource) {
        var status = resource.getStatus();
        return status == null
                ? Map.of()
                : status.windows().stream().collect(Collectors.toMap(WindowStatus::name, Function.identity()));
    }
}
