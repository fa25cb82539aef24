package dev.waterline.decision.relief;

import dev.waterline.decision.relief.PodFacts.NoNote;
import dev.waterline.decision.relief.PodFacts.Note;
import dev.waterline.decision.relief.PodFacts.Owner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Pods for tests: one container {@code main}, Burstable, owned by a ReplicaSet, unless said otherwise. */
final class Pods {
    private String name = "batch-1";
    private Optional<Owner> owner = Optional.of(new Owner("ReplicaSet", "batch", "rs-1"));
    private int priority = 100;
    private boolean mirror;
    private boolean terminating;
    private boolean finished;
    private boolean burstable = true;
    private boolean podLevel;
    private Note note = new NoNote();
    private List<ContainerCpu> containers = List.of(container("main", 500, "2", 2000));

    static Pods pod() {
        return new Pods();
    }

    static Pods pod(String name) {
        var pods = new Pods();
        pods.name = name;
        return pods;
    }

    static ContainerCpu container(String name, long request, String limit, long limitMillis) {
        return new ContainerCpu(name, request, Optional.of(new CpuLimit(limit, limitMillis)), false);
    }

    Pods ownedBy(String kind, String uid) {
        owner = Optional.of(new Owner(kind, uid, uid));
        return this;
    }

    Pods bare() {
        owner = Optional.empty();
        return this;
    }

    Pods priority(int value) {
        priority = value;
        return this;
    }

    Pods mirror() {
        mirror = true;
        return this;
    }

    Pods terminating() {
        terminating = true;
        return this;
    }

    Pods finished() {
        finished = true;
        return this;
    }

    Pods notBurstable() {
        burstable = false;
        return this;
    }

    Pods withPodLevelResources() {
        podLevel = true;
        return this;
    }

    Pods with(ContainerCpu... these) {
        containers = new ArrayList<>(List.of(these));
        return this;
    }

    Pods noting(ThrottleNote content) {
        note = new PodFacts.ReadableNote(content);
        return this;
    }

    Pods noting(Note any) {
        note = any;
        return this;
    }

    PodFacts build() {
        return new PodFacts(
                "shop",
                name,
                "uid-" + name,
                "1",
                "node-1",
                priority,
                owner,
                mirror,
                terminating,
                finished,
                burstable,
                podLevel,
                containers,
                note);
    }
}
