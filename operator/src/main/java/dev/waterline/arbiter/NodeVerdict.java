package dev.waterline.arbiter;

import dev.waterline.decision.override.NodeOverride;
import dev.waterline.decision.pressure.Contribution;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is in force for one node.
 *
 * @param floor pods with priority below it may not land there; the highest of all contributions
 * @param contributions every waterline's wish, by the UID of the PriorityWaterline
 * @param override what a person has ordered beside them
 */
public record NodeVerdict(int floor, Map<String, Contribution> contributions, Optional<NodeOverride.Freeze> override) {
    public NodeVerdict {
        contributions = Map.copyOf(contributions);
    }

    /** No person has ordered anything. */
    public NodeVerdict(int floor, Map<String, Contribution> contributions) {
        this(floor, contributions, Optional.empty());
    }

    /** The highest of all that is wanted, of which there must be something. */
    static NodeVerdict of(Map<String, Contribution> contributions, Optional<NodeOverride.Freeze> override) {
        int floor = Stream.concat(
                        contributions.values().stream().map(Contribution::floor),
                        override.stream().map(NodeOverride.Freeze::floor))
                .mapToInt(Integer::intValue)
                .max()
                .orElseThrow();
        return new NodeVerdict(floor, contributions, override);
    }

    /** Whether no waterline wants a floor as high as a person has ordered. */
    public boolean isByOverride() {
        return override.filter(
                        ordered -> contributions.values().stream().allMatch(wanted -> wanted.floor() < ordered.floor()))
                .isPresent();
    }

    /** The same reasons, with the floor that may be used. */
    NodeVerdict at(int usable) {
        return new NodeVerdict(usable, contributions, override);
    }
}
