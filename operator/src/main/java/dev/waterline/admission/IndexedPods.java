package dev.waterline.admission;

import dev.waterline.cluster.PodIndex;
import dev.waterline.cluster.PodSummary;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Answers from the watched index of all pods, and asks the API server only where that is not enough. */
public final class IndexedPods implements PodLookup {
    private final PodIndex index;
    private final LivePods live;

    public IndexedPods(PodIndex index, LivePods live) {
        this.index = index;
        this.live = live;
    }

    @Override
    public Optional<PodFacts> cached(String namespace, String name, String uid) {
        return index.cached(namespace, name)
                .filter(pod -> uid.equals(pod.uid()))
                .map(IndexedPods::facts);
    }

    @Override
    public Optional<PodFacts> live(String namespace, String name, Duration within) throws PodLookupException {
        return live.live(namespace, name, within);
    }

    @Override
    public Set<PodTrait.PinnedToNode> pinned(String namespace, Collection<String> claims, Duration within)
            throws PodLookupException {
        return live.pinned(namespace, claims, within);
    }

    private static PodFacts facts(PodSummary pod) {
        Set<PodTrait> traits = new HashSet<>();
        if (pod.isDaemonSetPod()) {
            traits.add(new PodTrait.DaemonSetPod());
        }
        if (pod.mirror()) {
            traits.add(new PodTrait.MirrorPod());
        }
        if (!pod.claims().isEmpty()) {
            traits.add(new PodTrait.UnresolvedClaims());
        }
        return new PodFacts(pod.uid(), pod.priority(), traits);
    }
}
