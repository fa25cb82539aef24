package dev.waterline.app;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What commands that clean a cluster up need to know of it; named as the operator's own options are. */
@Command
interface ClusterOptions {

    @Option(
            order = 1,
            names = "--namespace",
            paramLabel = "<name>",
            description = "The operator's namespace, where its Lease lives. Default: POD_NAMESPACE, the service"
                    + " account's namespace, or waterline-system. [WATERLINE_NAMESPACE]")
    @Nullable String namespace();

    @Option(
            order = 2,
            names = "--taint-key",
            defaultValue = Options.TAINT_KEY,
            paramLabel = "<key>",
            description = "Key of the taints to take away, besides the one that the cluster remembers. Default:"
                    + " ${DEFAULT-VALUE}. [WATERLINE_TAINT_KEY]")
    String taintKey();

    @Option(
            order = 3,
            names = "--kubeconfig",
            paramLabel = "<file>",
            description = "How to reach the API server. Default: KUBECONFIG, the service account, or ~/.kube/config."
                    + " [WATERLINE_KUBECONFIG]")
    @Nullable Path kubeconfig();

    @Option(
            order = 4,
            names = "--log-format",
            defaultValue = "text",
            paramLabel = "<format>",
            description =
                    "How a log line looks: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}. [WATERLINE_LOG_FORMAT]")
    LogFormat logFormat();

    @Option(
            order = 5,
            names = "--log-level",
            defaultValue = "info",
            paramLabel = "<level>",
            description =
                    "The least severe level to log: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}. [WATERLINE_LOG_LEVEL]")
    LogLevel logLevel();
}
