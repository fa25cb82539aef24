package dev.waterline.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/** Which windows are in effect, and how the work that they protect stands. A window's series go when it is forgotten. */
public final class WindowMeters {
    private record WindowOfWaterline(String waterline, String window) {
        Tags tags() {
            return Tags.of("waterline", waterline, "window", window);
        }
    }

    private final GaugeSet<WindowOfWaterline> inEffect;
    private final GaugeSet<WindowOfWaterline> state;
    private final GaugeSet<WindowOfWaterline> required;
    private final GaugeSet<WindowOfWaterline> left;

    public WindowMeters(MeterRegistry registry) {
        inEffect = new GaugeSet<>(
                registry,
                "waterline.window.in.effect",
                "Whether a window is in effect, its lead included; 1 or 0.",
                null);
        state = new GaugeSet<>(
                registry,
                "waterline.settlement.state",
                "The state of protected work: 1 for the state that it is in, 0 for every other.",
                null);
        required = new GaugeSet<>(
                registry,
                "waterline.settlement.required",
                "Time that protected work still takes at the pace observed; absent if there is none left.",
                "seconds");
        left = new GaugeSet<>(
                registry,
                "waterline.settlement.left",
                "Time to the deadline of protected work; absent outside of its window.",
                "seconds");
    }

    /** Whether a window is in effect. */
    public void inEffect(String waterline, String window, boolean now) {
        var owner = new WindowOfWaterline(waterline, window);
        inEffect.set(owner, owner.tags(), now ? 1 : 0);
    }

    /**
     * How protected work stands.
     *
     * @param current one of {@code states}
     * @param states every state that there is
     */
    public void settlement(
            String waterline,
            String window,
            String current,
            Collection<String> states,
            Optional<Duration> needed,
            Optional<Duration> remaining) {
        var owner = new WindowOfWaterline(waterline, window);
        states.forEach(one -> state.set(owner, owner.tags().and("state", one), one.equals(current) ? 1 : 0));
        set(required, owner, needed);
        set(left, owner, remaining);
    }

    /** The window, or its waterline, is gone. */
    public void forget(String waterline, String window) {
        inEffect.forget(new WindowOfWaterline(waterline, window));
        noSettlement(waterline, window);
    }

    /** The window protects nothing, or has not been in effect yet. */
    public void noSettlement(String waterline, String window) {
        var owner = new WindowOfWaterline(waterline, window);
        state.forget(owner);
        required.forget(owner);
        left.forget(owner);
    }

    private static void set(GaugeSet<WindowOfWaterline> gauge, WindowOfWaterline owner, Optional<Duration> duration) {
        duration.ifPresentOrElse(
                time -> gauge.set(owner, owner.tags(), time.toMillis() / 1000.0),
                () -> gauge.clear(owner, owner.tags()));
    }
}
