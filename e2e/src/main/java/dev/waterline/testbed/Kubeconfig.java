package dev.waterline.testbed;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The text of a kubeconfig file; all that goes in is made here, so nothing needs quoting. */
final class Kubeconfig {
    private Kubeconfig() {}

    static String of(URI server, String caPem, Identity identity) {
        return """
                apiVersion: v1
                kind: Config
                current-context: testbed
                clusters:
                  - name: testbed
                    cluster:
                      server: %s
                      certificate-authority-data: %s
                users:
                  - name: %s
                    user:
                      token: %s
                contexts:
                  - name: testbed
                    context:
                      cluster: testbed
                      user: %3$s
                      namespace: %s
                """.formatted(
                        server,
                        Base64.getEncoder().encodeToString(caPem.getBytes(StandardCharsets.UTF_8)),
                        identity.user().name(),
                        identity.token(),
                        identity.user().namespace());
    }
}
