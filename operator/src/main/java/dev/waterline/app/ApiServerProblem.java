package dev.waterline.app;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;

/** Says to people why the API server is of no use, and what to do. */
final class ApiServerProblem {
    private ApiServerProblem() {}

    static String sentence(String address, KubernetesClientException problem) {
        if (problem.getCode() <= 0) {
            return "The API server at " + address + " cannot be reached (" + rootCause(problem)
                    + "); check --kubeconfig and the network.";
        }
        return switch (problem.getCode()) {
            case HttpURLConnection.HTTP_UNAUTHORIZED ->
                "The API server at " + address
                        + " does not accept our credentials; check --kubeconfig or the service account.";
            case HttpURLConnection.HTTP_FORBIDDEN ->
                "The API server at " + address + " forbids what the operator needs (" + problem.getMessage()
                        + "); install the chart's RBAC.";
            case HttpURLConnection.HTTP_NOT_FOUND ->
                "Something the operator needs does not exist (" + problem.getMessage()
                        + "); create the namespace, or name another with --namespace.";
            default -> "The API server at " + address + " answered with an error: " + problem.getMessage();
        };
    }

    private static String rootCause(Throwable problem) {
        Throwable cause = problem;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
