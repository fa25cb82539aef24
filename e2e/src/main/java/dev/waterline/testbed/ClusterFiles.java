package dev.waterline.testbed;

import dev.waterline.testbed.pki.KeyFiles;
import java.nio.file.Path;
import java.util.stream.Collectors;

/**
 * What all API servers of a run read.
 *
 * @param tokens the static token file
 * @param serviceAccountKeys with which service account tokens are signed and checked
 */
record ClusterFiles(Path tokens, KeyFiles serviceAccountKeys, Path auditPolicy) {
    private static final String AUDIT_POLICY = """
            apiVersion: audit.k8s.io/v1
            kind: Policy
            omitStages: [RequestReceived, ResponseStarted]
            rules:
              - level: Request
                verbs: [create, update, patch, delete, deletecollection]
                resources:
                  - group: ""
                    resources: [nodes, pods/binding, bindings]
                  - group: admissionregistration.k8s.io
                    resources: [validatingwebhookconfigurations]
              - level: Metadata
            """;

    static ClusterFiles write(RunContext run) {
        return new ClusterFiles(
                run.workspace()
                        .write(
                                "tokens.csv",
                                run.identities().values().stream()
                                        .map(Identity::tokenFileLine)
                                        .collect(Collectors.joining("\n", "", "\n"))),
                run.authority().issueKeyPair("service-accounts"),
                run.workspace().write("audit-policy.yaml", AUDIT_POLICY));
    }
}
