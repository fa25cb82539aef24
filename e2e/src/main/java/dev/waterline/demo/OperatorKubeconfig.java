package dev.waterline.demo;

import dev.waterline.testbed.OperatorInstallation;
import io.fabric8.kubernetes.api.model.ConfigBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A kubeconfig by which the operator is its own service account, with no right that the chart does not give it. */
final class OperatorKubeconfig {
    private static final String ACCOUNT = "waterline-operator";
    private static final Duration VALID_FOR = Duration.ofHours(8);

    private OperatorKubeconfig() {}

    static Path write(KubernetesClient client, Path folder) {
        var token = client.serviceAccounts()
                .inNamespace(OperatorInstallation.NAMESPACE)
                .withName(ACCOUNT)
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withExpirationSeconds(VALID_FOR.toSeconds())
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
        var cluster = client.getConfiguration();
        var config = new ConfigBuilder()
                .withApiVersion("v1")
                .withKind("Config")
                .withCurrentContext("demo")
                .addNewCluster()
                .withName("demo")
                .withNewCluster()
                .withServer(cluster.getMasterUrl())
                .withCertificateAuthority(cluster.getCaCertFile())
                .withCertificateAuthorityData(cluster.getCaCertData())
                .withInsecureSkipTlsVerify(cluster.isTrustCerts() ? true : null)
                .endCluster()
                .endCluster()
                .addNewUser()
                .withName("operator")
                .withNewUser()
                .withToken(token)
                .endUser()
                .endUser()
                .addNewContext()
                .withName("demo")
                .withNewContext()
                .withCluster("demo")
                .withUser("operator")
                .endContext()
                .endContext()
                .build();
        try {
            return Files.writeString(folder.resolve("operator-kubeconfig.yaml"), Serialization.asYaml(config));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the operator's kubeconfig", e);
        }
    }
}
