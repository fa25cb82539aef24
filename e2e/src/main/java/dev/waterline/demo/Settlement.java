package dev.waterline.demo;

import dev.waterline.api.v1alpha1.PriorityWaterline;
import dev.waterline.load.Churn;
import dev.waterline.load.Pace;
import dev.waterline.report.Promise;
import dev.waterline.testbed.process.TestbedException;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * A batch floods the cluster while a third of the nodes gets hot, and a settlement must be done inside its window.
 */
final class Settlement implements Story {
    private static final Duration FLOWING_WITHIN = Duration.ofSeconds(30);
    private static final Duration READY_WITHIN = Duration.ofSeconds(30);
    private static final Duration CALM_FOR = Duration.ofSeconds(5);
    private static final Duration FROZEN_WITHIN = Duration.ofSeconds(40);
    private static final Duration HOT_FOR = Duration.ofSeconds(16);
    private static final Duration THAWED_WITHIN = Duration.ofSeconds(45);
    private static final Duration WATCHED_AFTERWARDS = Duration.ofSeconds(6);
    private static final Duration WINDOW = Duration.ofMinutes(2);
    private static final int BATCH_PER_SECOND = 10;
    private static final int SERVICES_PER_SECOND = 2;
    private static final int BATCH_RUNNING = 100;
    private static final int SERVICES_RUNNING = 30;

    private final InstantSource clock;
    private final LongSupplier nanoTime;

    Settlement(InstantSource clock, LongSupplier nanoTime) {
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    @Override
    public String title() {
        return "Settlement";
    }

    @Override
    public List<Promise> play(Stage stage, Narrator narrator) {
        var client = stage.client();
        Manifests.apply(client, "settlement.yaml");
        try (var witness = stage.witness();
                var cpu = new CpuWave(stage.exporter(), stage.nodes(), nanoTime);
                var batch = new Churn(client, "batch", BATCH_PER_SECOND);
                var services = new Churn(client, "services", SERVICES_PER_SECOND);
                var teller = new NodeTeller(narrator);
                var nodes = new NodeWatch(client, Stage.NODE_LABEL, clock, teller::changed)) {
            Manifests.apply(client, "core-banking.yaml");
            narrator.tell(
                    "Shortened timings: interval 1 s, rate over 5 s, halfLife 1 s, freezeAfter 2 s, thawAfter 3 s,"
                            + " minHold 10 s, nothing reserved, thaws unmetered (defaults: 5 s, 1 m, 20 s, 10 s, 60 s, 300 s, 60 s,"
                            + " 5 % a minute)");
            Pace.until(FLOWING_WITHIN, () -> batch.running() > BATCH_RUNNING && services.running() > SERVICES_RUNNING);
            awaitReady(client);
            batch.begin();
            services.begin();
            narrator.tell("%d batch and %d service pods run; some %d of them end and are replaced every second"
                    .formatted(batch.running(), services.running(), BATCH_PER_SECOND + SERVICES_PER_SECOND));
            var deadline = clock.instant().plus(WINDOW);
            try (var jobs = new SettlementJobs(client, clock)) {
                narrator.show(new SettlementPicture(() -> moment(witness, cpu, nodes, jobs, deadline)));
                narrator.tell("Binds and freezes are read from " + witness.source());
                narrator.tell("The settlement begins: %d tasks of priority banking-critical in %d s"
                        .formatted(SettlementJobs.total(), WINDOW.toSeconds()));
                act(narrator, cpu, nodes, jobs, deadline);
                witness.catchUp();
                return new SettlementPromises(
                                report(witness),
                                cpu.hot(),
                                nodes.turns(),
                                nodes.decisions(),
                                witness.denials(),
                                jobs.done(),
                                SettlementJobs.total(),
                                jobs.finished(),
                                deadline)
                        .measured();
            }
        }
    }

    private static void awaitReady(KubernetesClient client) {
        var waterline = client.resources(PriorityWaterline.class).withName("core-banking");
        if (!Pace.until(READY_WITHIN, () -> isReady(waterline.get()))) {
            throw new TestbedException(
                    "PriorityWaterline core-banking was not in control within %d s; its conditions: %s"
                            .formatted(READY_WITHIN.toSeconds(), conditions(waterline.get())));
        }
    }

    private static boolean isReady(PriorityWaterline waterline) {
        var met = conditions(waterline).stream()
                .filter(condition -> condition.getStatus().equals("True"))
                .map(Condition::getType)
                .toList();
        return met.containsAll(List.of("Ready", "MetricsAvailable"));
    }

    private static List<Condition> conditions(PriorityWaterline waterline) {
        return waterline.getStatus() == null ? List.of() : waterline.getStatus().conditions();
    }

    private void act(Narrator narrator, CpuWave cpu, NodeWatch nodes, SettlementJobs jobs, Instant deadline) {
        Pace.pause(CALM_FOR);
        narrator.tell("CPU climbs over 82 %% on %d of %d nodes"
                .formatted(cpu.hot().size(), cpu.values().size()));
        cpu.climb();
        boolean all = Pace.until(FROZEN_WITHIN, () -> nodes.floors().keySet().containsAll(cpu.hot()));
        narrator.tell(
                all
                        ? "All hot nodes are frozen; some now dip between 75 and 82 %, where nothing may happen"
                        : "Only %d nodes are frozen after %d s"
                                .formatted(nodes.floors().size(), FROZEN_WITHIN.toSeconds()));
        Pace.pause(HOT_FOR);
        narrator.tell("CPU falls");
        cpu.fall();
        boolean thawed = Pace.until(THAWED_WITHIN, () -> nodes.floors().isEmpty());
        narrator.tell(
                thawed
                        ? "All nodes are thawed; watching for " + WATCHED_AFTERWARDS.toSeconds() + " s that it stays so"
                        : nodes.floors().size() + " nodes are still frozen");
        Pace.pause(WATCHED_AFTERWARDS);
        Pace.until(left(deadline), () -> jobs.finished().isPresent());
    }

    private SettlementPicture.Moment moment(
            Witness witness, CpuWave cpu, NodeWatch nodes, SettlementJobs jobs, Instant deadline) {
        return new SettlementPicture.Moment(
                cpu.values(),
                nodes.floors(),
                report(witness),
                witness.denials(),
                jobs.done(),
                SettlementJobs.total(),
                left(deadline).toSeconds());
    }

    private static FreezeReport report(Witness witness) {
        return FreezeReport.of(witness, bind -> bind.namespace().equals(SettlementJobs.NAMESPACE));
    }

    private Duration left(Instant deadline) {
        var left = Duration.between(clock.instant(), deadline);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
