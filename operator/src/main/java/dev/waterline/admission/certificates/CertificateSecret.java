package dev.waterline.admission.certificates;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Secret that all replicas share. The authority's key lies in it too, so that any replica can renew; whoever may
 * read it could serve our webhooks anyway.
 */
final class CertificateSecret {
    static final String NAME = "waterline-webhook-tls";
    static final String TRUSTED = "ca.crt";
    static final String AUTHORITY_KEY = "ca.key";
    static final String CERTIFICATE = "tls.crt";
    static final String KEY = "tls.key";

    private static final Logger log = LoggerFactory.getLogger(CertificateSecret.class);

    private final KubernetesClient client;
    private final String namespace;

    CertificateSecret(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /**
     * What the cluster holds at one moment.
     *
     * @param stored the Secret, if there is one
     * @param material what it says, if that can be used
     */
    record Snapshot(Optional<Secret> stored, Optional<KeyMaterial> material) {}

    Snapshot read() {
        Secret secret = client.secrets().inNamespace(namespace).withName(NAME).get();
        return secret == null
                ? new Snapshot(Optional.empty(), Optional.empty())
                : new Snapshot(Optional.of(secret), decode(secret));
    }

    /**
     * Replaces what was read, or creates the Secret.
     *
     * @throws io.fabric8.kubernetes.client.KubernetesClientException with code 409 if another replica was faster
     */
    void write(Snapshot read, KeyMaterial material) {
        if (read.stored().isPresent()) {
            client.resource(new SecretBuilder(read.stored().get())
                            .addToData(encode(material))
                            .build())
                    .lockResourceVersion()
                    .update();
        } else {
            client.resource(new SecretBuilder()
                            .withNewMetadata()
                            .withNamespace(namespace)
                            .withName(NAME)
                            .addToLabels("app.kubernetes.io/name", "waterline")
                            .addToLabels("app.kubernetes.io/managed-by", "waterline-operator")
                            .endMetadata()
                            .withType("kubernetes.io/tls")
                            .withData(encode(material))
                            .build())
                    .create();
        }
    }

    private static Map<String, String> encode(KeyMaterial material) {
        try {
            return Map.of(
                    TRUSTED,
                    base64(Pem.of(material.trusted())),
                    AUTHORITY_KEY,
                    base64(Pem.of(material.authority().key())),
                    CERTIFICATE,
                    base64(Pem.of(List.of(material.serving().certificate()))),
                    KEY,
                    base64(Pem.of(material.serving().key())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A certificate of ours cannot be encoded", e);
        }
    }

    private static Optional<KeyMaterial> decode(Secret secret) {
        try {
            List<X509Certificate> trusted = Pem.certificates(entry(secret, TRUSTED));
            List<X509Certificate> serving = Pem.certificates(entry(secret, CERTIFICATE));
            if (trusted.isEmpty() || serving.isEmpty()) {
                throw new IllegalArgumentException("it holds no certificate");
            }
            return Optional.of(new KeyMaterial(
                    new Signed(trusted.getFirst(), Pem.key(entry(secret, AUTHORITY_KEY))),
                    trusted.subList(1, trusted.size()),
                    new Signed(serving.getFirst(), Pem.key(entry(secret, KEY)))));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            log.warn("Secret {} cannot be used ({}); its contents are replaced", NAME, e.getMessage());
            return Optional.empty();
        }
    }

    private static String entry(Secret secret, String key) {
        @Nullable Map<String, String> data = secret.getData();
        String value = data == null ? null : data.get(key);
        if (value == null) {
            throw new IllegalArgumentException(key + " is missing");
        }
        return new String(Base64.getDecoder().decode(value), UTF_8);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
