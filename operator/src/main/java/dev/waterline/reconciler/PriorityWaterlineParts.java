package dev.waterline.reconciler;

import dev.waterline.arbiter.Arbiter;
import dev.waterline.arbiter.Enforcer;
import dev.waterline.cluster.DaemonSetIndex;
import dev.waterline.cluster.EventRecorder;
import dev.waterline.cluster.JobIndex;
import dev.waterline.cluster.NodeIndex;
import dev.waterline.cluster.PodIndex;
import dev.waterline.cluster.PriorityClasses;
import dev.waterline.cluster.Tolerations;
import dev.waterline.decision.record.DecisionIds;
import dev.waterline.telemetry.DecisionLog;
import dev.waterline.telemetry.PressureMeters;
import dev.waterline.telemetry.WindowMeters;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.InstantSource;

/** What the reconciler of PriorityWaterlines works with. */
public record PriorityWaterlineParts(
        KubernetesClient client,
        NodeIndex nodes,
        PodIndex pods,
        DaemonSetIndex daemonSets,
        PriorityClasses priorityClasses,
        JobIndex jobs,
        SignalReader signals,
        WaterlineRuns runs,
        FreezeRestoration restoration,
        Arbiter arbiter,
        Enforcer enforcer,
        Tolerations tolerations,
        EnforcementReport enforcement,
        ReliefControl relief,
        ElasticControl elastic,
        EventRecorder events,
        PressureMeters meters,
        WindowMeters windowMeters,
        DecisionLog decisions,
        DecisionIds ids,
        InstantSource clock) {}
