package dev.waterline.admission;

import java.time.Duration;
import java.util.Optional;

/** Where the guard learns about pods. */
public interface PodLookup {
    /** How long {@link #live} may take; a Binding waits meanwhile, and the API server waits for the guard for a second. */
    Duration LIVE_DEADLINE = Duration.ofMillis(600);

    /**
     * What is known at once.
     *
     * @param uid if given, only facts about that very pod are given
     */
    Optional<PodFacts> cached(String namespace, String name, Optional<String> uid);

    /**
     * What the API server says now; empty if there is no such pod. The facts have no {@link PodTrait.UnresolvedClaims}.
     *
     * @throws PodLookupException if there was no answer within {@link #LIVE_DEADLINE}, or an error
     */
    Optional<PodFacts> live(String namespace, String name) throws PodLookupException;
}
