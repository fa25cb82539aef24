package dev.waterline.admission;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** Where the guard learns about pods. */
public interface PodLookup {

    /** What is known at once of the pod that has this very UID: a name alone may be an older pod's. */
    Optional<PodFacts> cached(String namespace, String name, String uid);

    /**
     * What the API server says now; empty if there is no such pod. The facts have no {@link PodTrait.UnresolvedClaims}.
     *
     * @param within how long it may take altogether
     * @throws PodLookupException if there was no answer in time, or an error
     */
    Optional<PodFacts> live(String namespace, String name, Duration within) throws PodLookupException;

    /**
     * The nodes on which alone the volumes of these claims can be mounted, as the API server says now. A claim that is
     * not bound, or whose volume can be mounted in several places, adds none.
     *
     * @param within how long it may take altogether
     * @throws PodLookupException if there was no answer in time, or an error
     */
    Set<PodTrait.PinnedToNode> pinned(String namespace, Collection<String> claims, Duration within)
            throws PodLookupException;
}
