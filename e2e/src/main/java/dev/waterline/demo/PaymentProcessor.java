package dev.waterline.demo;

import dev.waterline.load.Pace;
import dev.waterline.report.Promise;
import dev.waterline.testbed.scenario.PlayedCounter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** A payment service that is scaled on its errors, while Prometheus goes away for a time. */
final class PaymentProcessor implements Story {
    static final String NAMESPACE = "payments";
    private static final String DEPLOYMENT = "payment-deployment";
    private static final String WORKLOAD = "payment-processor";
    private static final String METRICS = "MetricsAvailable";
    private static final Duration ACCEPTED_WITHIN = Duration.ofSeconds(20);
    private static final Duration SCALED_WITHIN = Duration.ofSeconds(50);
    private static final Duration STEADY_FOR = Duration.ofSeconds(4);
    private static final Duration OUTAGE = Duration.ofSeconds(15);
    private static final double ERRORS = 100;
    private static final int RIGHT_NUMBER = 7;
    private static final int MINIMUM = 2;

    private final InstantSource clock;

    PaymentProcessor(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public String title() {
        return "Payment processor";
    }

    @Override
    public List<Promise> play(Stage stage, Narrator narrator) {
        var client = stage.client();
        var errors = new Errors(
                stage.exporter().counter("http_requests_total", Map.of("job", "payment-api", "status", "500")));
        Manifests.apply(client, "payment.yaml");
        Manifests.apply(client, "payment-processor.yaml");
        try (var replicas = new ReplicaWatch(
                        client,
                        NAMESPACE,
                        DEPLOYMENT,
                        clock,
                        count -> narrator.tell(DEPLOYMENT + " has " + count + " replicas"));
                var workload = new WorkloadWatch(client, NAMESPACE, WORKLOAD, narrator::tell)) {
            narrator.show(new PaymentPicture(() -> new PaymentPicture.Moment(
                    errors.perSecond,
                    replicas.replicas(),
                    stage.prometheus().isRunning(),
                    workload.conditionText(METRICS))));
            narrator.tell("Shortened timings: rate over 30 s, pollingInterval 1 s (defaults in the field: 5 m, 15 s)");
            Pace.until(ACCEPTED_WITHIN, () -> is(workload, "True"));
            return List.of(
                    scalesUp(narrator, errors, replicas),
                    holdsWithoutPrometheus(stage, narrator, replicas, workload),
                    scalesDown(stage, narrator, errors, replicas));
        }
    }

    private static Promise scalesUp(Narrator narrator, Errors errors, ReplicaWatch replicas) {
        narrator.tell("The 5xx rate rises to %.0f a second: %d replicas are right, for %.0f / 15 rounded up"
                .formatted(ERRORS, RIGHT_NUMBER, ERRORS));
        errors.rate(ERRORS);
        var took = Pace.stopwatch(SCALED_WITHIN, () -> replicas.replicas() == RIGHT_NUMBER);
        Pace.pause(STEADY_FOR);
        return new Promise(
                "replicas at %.0f errors a second".formatted(ERRORS),
                Integer.toString(RIGHT_NUMBER),
                "%d after %s, at most %d".formatted(replicas.replicas(), Elapsed.seconds(took), replicas.highest()),
                replicas.replicas() == RIGHT_NUMBER && replicas.highest() == RIGHT_NUMBER);
    }

    private Promise holdsWithoutPrometheus(
            Stage stage, Narrator narrator, ReplicaWatch replicas, WorkloadWatch workload) {
        narrator.tell("Prometheus is stopped for " + OUTAGE.toSeconds() + " s; the errors go on");
        var from = clock.instant();
        stage.prometheus().stop();
        var noticed = Pace.stopwatch(OUTAGE, () -> is(workload, "False"));
        narrator.tell("MetricsAvailable is " + workload.conditionText(METRICS) + ": missing is not zero");
        Pace.pause(OUTAGE.minus(noticed));
        long decreases = replicas.decreasesSince(from);
        boolean told = is(workload, "False");
        return new Promise(
                "scale-downs while Prometheus is stopped",
                "0, and said so",
                "%d in %d s; MetricsAvailable %s"
                        .formatted(decreases, OUTAGE.toSeconds(), workload.conditionText(METRICS)),
                decreases == 0 && told);
    }

    private static Promise scalesDown(Stage stage, Narrator narrator, Errors errors, ReplicaWatch replicas) {
        narrator.tell("The errors end, and Prometheus starts again");
        errors.rate(0);
        stage.prometheus().start();
        var took = Pace.stopwatch(SCALED_WITHIN, () -> replicas.replicas() == MINIMUM);
        return new Promise(
                "replicas when the errors are over",
                MINIMUM + ", the minimum",
                "%d after %s".formatted(replicas.replicas(), Elapsed.seconds(took)),
                replicas.replicas() == MINIMUM);
    }

    private static boolean is(WorkloadWatch workload, String status) {
        return workload.condition(METRICS)
                .filter(condition -> condition.getStatus().equals(status))
                .isPresent();
    }

    /** The counter, and what it was last told. */
    private static final class Errors {
        private final PlayedCounter counter;
        private volatile double perSecond;

        Errors(PlayedCounter counter) {
            this.counter = counter;
        }

        void rate(double next) {
            counter.rate(next);
            perSecond = next;
        }
    }
}
