package dev.waterline.demo;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** How to look at a cluster that is left running. */
record KeepNotes(Path kubeconfig, Path operatorLog, URI prometheus) {

    List<String> lines() {
        return List.of(
                "Everything is left running. In another terminal:",
                "",
                "  export KUBECONFIG=" + kubeconfig,
                "  kubectl get prioritywaterlines,scaledworkloads -A",
                "  kubectl describe prioritywaterline core-banking     # thresholds in effect, hottest nodes, decisions",
                "  kubectl describe scaledworkload -n payments payment-processor",
                "  kubectl get events -A --sort-by=.lastTimestamp | grep -i -e freeze -e thaw -e scal",
                "  kubectl get nodes -o 'custom-columns=NAME:.metadata.name,TAINTS:.spec.taints[*].value'",
                "  kubectl get pods -n settlement -o wide",
                "",
                "Prometheus: " + prometheus + "   the operator's log: " + operatorLog,
                "",
                "Ctrl-C ends it and cleans up.");
    }
}
