package dev.waterline.admission;

import dev.waterline.cluster.FreezeAnnotation;
import dev.waterline.cluster.NodeIndex;
import java.util.Optional;

/** Why nodes are frozen, as far as this replica knows. It answers at once and asks nobody. */
@FunctionalInterface
public interface FreezeReasons {
    /** One sentence without a stop; empty: nothing is known of it here and now. */
    Optional<String> of(String node);

    /** From the annotations that the leader leaves on nodes, which every replica watches. They trail the guard by a moment. */
    static FreezeReasons annotated(NodeIndex nodes) {
        return name -> nodes.get(name)
                .flatMap(node -> node.mark().annotation().flatMap(text -> FreezeAnnotation.parse(text, node.uid())))
                .flatMap(FreezeAnnotation::why);
    }
}
