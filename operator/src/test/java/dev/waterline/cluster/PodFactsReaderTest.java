package dev.waterline.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.decision.relief.ContainerCpu;
import dev.waterline.decision.relief.CpuLimit;
import dev.waterline.decision.relief.PodFacts;
import dev.waterline.decision.relief.PodFacts.NoNote;
import dev.waterline.decision.relief.PodFacts.Owner;
import dev.waterline.decision.relief.PodFacts.UnreadableNote;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PodFactsReaderTest {
    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata:
              namespace: shop
              name: web-1
              uid: uid-1
              resourceVersion: "7"
              ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web, uid: rs-1, controller: true}]
            spec:
              nodeName: node-1
              priority: 100
              containers:
              - name: main
                resources: {requests: {cpu: 250m, memory: 64Mi}, limits: {cpu: "1.5"}}
              - name: restarts
                resources: {limits: {cpu: 500m}}
                resizePolicy: [{resourceName: cpu, restartPolicy: RestartContainer}]
              - name: free
              initContainers:
              - name: init
                resources: {limits: {cpu: "1"}}
            status: {phase: Running, qosClass: Burstable}
            """;

    @Test
    void whatReliefMustKnowIsRead() {
        assertThat(read(POD))
                .isEqualTo(new PodFacts(
                        "shop",
                        "web-1",
                        "uid-1",
                        "7",
                        "node-1",
                        100,
                        Optional.of(new Owner("ReplicaSet", "web", "rs-1")),
                        false,
                        false,
                        false,
                        true,
                        false,
                        List.of(
                                new ContainerCpu("main", 250, Optional.of(new CpuLimit("1.5", 1500)), false),
                                new ContainerCpu("restarts", 0, Optional.of(new CpuLimit("500m", 500)), true),
                                new ContainerCpu("free", 0, Optional.empty(), false)),
                        new NoNote()));
    }

    @Test
    void theRareTraitsAreSeen() {
        assertThat(read(POD.replace("uid: uid-1", "uid: uid-1\n  deletionTimestamp: '2026-11-25T04:00:00Z'"))
                        .terminating())
                .isTrue();
        assertThat(read(POD.replace("phase: Running", "phase: Failed")).finished())
                .isTrue();
        assertThat(read(POD.replace("qosClass: Burstable", "qosClass: Guaranteed"))
                        .burstable())
                .isFalse();
        assertThat(read(POD.replace("spec:", "spec:\n  resources: {limits: {cpu: '2'}}"))
                        .podLevelResources())
                .isTrue();
        assertThat(read(POD.replace("controller: true", "controller: false")).owner())
                .isEmpty();
        assertThat(read(POD.replace("uid: uid-1", "uid: uid-1\n  annotations: {kubernetes.io/config.mirror: x}"))
                        .mirror())
                .isTrue();
        assertThat(read(POD.replace("uid: uid-1", "uid: uid-1\n  annotations: {waterline.dev/throttled: rubbish}"))
                        .note())
                .isEqualTo(new UnreadableNote());
    }

    private static PodFacts read(String yaml) {
        return PodFactsReader.read(Serialization.unmarshal(yaml, Pod.class));
    }
}
