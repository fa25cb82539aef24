package dev.waterline.admission.certificates;

import dev.waterline.admission.TlsIdentity;
import dev.waterline.admission.WebhookEndpoint;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/** Identities for servers under test, each with an authority of its own. */
public final class SelfSigned {
    private SelfSigned() {}

    public static TlsIdentity identity(String host) {
        var issuer = new CertificateIssuer();
        var now = Instant.now();
        var names = ServingNames.of(new WebhookEndpoint.Url(URI.create("https://" + host)), "waterline-system");
        var serving = issuer.serving(issuer.authority(now), names, now);
        return new TlsIdentity(serving.key(), List.of(serving.certificate()));
    }
}
