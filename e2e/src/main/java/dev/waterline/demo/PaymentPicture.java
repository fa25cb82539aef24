package dev.waterline.demo;

import dev.waterline.report.Paint;
import dev.waterline.report.Paint.Tone;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Errors, replicas, and whether there is a Prometheus to ask. */
final class PaymentPicture implements Picture {
    private static final int WIDTH = 40;
    private static final double ERRORS_SHOWN = 120;
    private static final int REPLICAS_SHOWN = 10;

    /**
     * One moment.
     *
     * @param errors a second, as the payment service makes them
     * @param prometheus whether Prometheus runs
     * @param condition the workload's condition MetricsAvailable
     */
    record Moment(double errors, int replicas, boolean prometheus, String condition) {}

    private final Supplier<Moment> now;

    PaymentPicture(Supplier<Moment> now) {
        this.now = now;
    }

    @Override
    public String title() {
        return "Payment processor";
    }

    @Override
    public List<String> lines(Paint paint) {
        var moment = now.get();
        return List.of(
                "payment-processor: one replica for each 15 errors a second, 2 to 40 replicas",
                "",
                String.format(
                        Locale.ROOT, "5xx a second  %5.0f  %s", moment.errors(), bar(moment.errors() / ERRORS_SHOWN)),
                "replicas      %5d  %s"
                        .formatted(
                                moment.replicas(),
                                paint.of(Tone.GOOD, bar((double) moment.replicas() / REPLICAS_SHOWN))),
                "",
                "Prometheus    " + (moment.prometheus() ? "answers" : paint.of(Tone.BAD, "STOPPED")),
                "MetricsAvailable = " + moment.condition());
    }

    private static String bar(double share) {
        return "#".repeat((int) Math.round(Math.clamp(share, 0, 1) * WIDTH));
    }

    @Override
    public String summary() {
        var moment = now.get();
        return String.format(
                Locale.ROOT,
                "%.0f errors a second, %d replicas, Prometheus %s, MetricsAvailable = %s",
                moment.errors(),
                moment.replicas(),
                moment.prometheus() ? "answers" : "stopped",
                moment.condition());
    }
}
