package dev.waterline.reconciler;

import dev.waterline.api.v1alpha1.PriorityWaterlineSpec;
import dev.waterline.api.v1alpha1.PrometheusSource;
import dev.waterline.api.v1alpha1.Signal;
import dev.waterline.api.v1alpha1.SignalResource;
import dev.waterline.api.v1alpha1.Valid;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.jspecify.annotations.Nullable;

/** Specs as people write them. */
final class Specs {
    static final String LADDER = """
            - name: best-effort
              waterlines: [{signal: cpu, freezeAbove: 70, thawBelow: 62.5}]
            - name: standard
              minPriority: 1000
              waterlines: [{signal: cpu, freezeAbove: 82, thawBelow: 75}]
            - name: critical
              minPriority: 9000
            """;

    static final String SETTLEMENT = """
            windows:
            - name: t0-settlement
              schedule: "0 22 * * 1-5"
              timeZone: Asia/Shanghai
              duration: 3h
              lead: 15m
              tiers: [{name: standard, waterlines: [{signal: cpu, freezeAbove: 60, thawBelow: 52}]}]
              protect: {namespaces: [bank], jobSelector: {matchLabels: {app: settlement}}}
              deadline: 2h30m
            """;

    private Specs() {}

    static PriorityWaterlineSpec withTiers(String tiers) {
        return withTiers(tiers, "Hold");
    }

    /** @param afterOutage what follows the hold */
    static PriorityWaterlineSpec withTiers(String tiers, String afterOutage) {
        return Serialization.unmarshal("""
                interval: 5s
                signals:
                - name: cpu
                  prometheus: {query: node_cpu}
                  halfLife: 0s
                timing: {freezeAfter: 10s, thawAfter: 1m30s, minHold: 5m, panicAbove: 95}
                onOutage: {hold: 4m, then: OUTAGE}
                tiers:
                """.replace("OUTAGE", afterOutage) + tiers, PriorityWaterlineSpec.class);
    }

    static Signal signal(String name, @Nullable String server, String query) {
        return new Signal(name, new PrometheusSource(server, query), null, "node", "20s", "60s", "60s", new Valid(1.5));
    }

    /** From the Metrics API. */
    static Signal withoutQuery(String name, @Nullable SignalResource resource) {
        return new Signal(name, null, resource, "node", "20s", "60s", "60s", new Valid(1.5));
    }
}
