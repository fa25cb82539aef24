package dev.waterline.admission.certificates;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waterline.admission.TlsIdentity;
import dev.waterline.admission.WebhookEndpoint;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The webhooks' certificates, the same on every replica: whichever replica finds them missing or due makes new ones,
 * and the others take them over at their next look.
 */
public final class WebhookCertificates implements CertificateAuthorityBundle {
    /** How often the Secret is looked at. */
    public static final Duration CHECK_EVERY = Duration.ofMinutes(1);

    private static final Logger log = LoggerFactory.getLogger(WebhookCertificates.class);
    private static final int ATTEMPTS = 5;

    private final CertificateSecret secret;
    private final Rotation rotation;
    private final InstantSource clock;
    private final List<Consumer<String>> bundleListeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<TlsIdentity>> identityListeners = new CopyOnWriteArrayList<>();
    private volatile @Nullable KeyMaterial current;

    /**
     * Certificates for one endpoint.
     *
     * @param client one that the fence does not stop: every replica needs certificates
     * @param namespace the operator's own, where the Secret lies
     */
    public WebhookCertificates(
            KubernetesClient client, String namespace, WebhookEndpoint endpoint, InstantSource clock) {
        this.secret = new CertificateSecret(client, namespace);
        this.rotation = new Rotation(new CertificateIssuer(), ServingNames.of(endpoint, namespace));
        this.clock = clock;
    }

    /**
     * Takes the certificates over from the Secret, renews what is due, and tells the listeners what changed.
     *
     * @throws KubernetesClientException if the API server does not answer, or forbids it
     */
    public synchronized void refresh() {
        for (int attempt = 1; ; attempt++) {
            try {
                adopt(readOrRenew());
                return;
            } catch (KubernetesClientException e) {
                if (e.getCode() != HttpURLConnection.HTTP_CONFLICT || attempt == ATTEMPTS) {
                    throw e;
                }
                log.debug("Another replica wrote the certificates at the same moment; taking those");
            }
        }
    }

    /** Refreshes every {@link #CHECK_EVERY} from now on. A failure leaves what is served as it is. */
    public void refreshOn(ScheduledExecutorService scheduler) {
        var _ = scheduler.scheduleWithFixedDelay(
                this::refreshOrWarn, CHECK_EVERY.toMillis(), CHECK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What to serve with. */
    public TlsIdentity identity() {
        Signed serving = present().serving();
        return new TlsIdentity(serving.key(), List.of(serving.certificate()));
    }

    /** Calls with each new identity, on any thread; the present one is not repeated. */
    public void onNewIdentity(Consumer<TlsIdentity> listener) {
        identityListeners.add(listener);
    }

    /** When the serving certificate expires. */
    public Instant servingExpiry() {
        return present().serving().certificate().getNotAfter().toInstant();
    }

    /** When the signing authority expires. */
    public Instant authorityExpiry() {
        return present().authority().certificate().getNotAfter().toInstant();
    }

    @Override
    public String caBundle() {
        return bundle(present());
    }

    @Override
    public void onChange(Consumer<String> listener) {
        bundleListeners.add(listener);
    }

    private void refreshOrWarn() {
        try {
            refresh();
        } catch (RuntimeException e) {
            // An exception would end the schedule for good, and with it every later renewal.
            log.warn("The webhook certificates could not be checked; trying again in {} s", CHECK_EVERY.toSeconds(), e);
        }
    }

    private KeyMaterial readOrRenew() {
        Instant now = clock.instant();
        CertificateSecret.Snapshot snapshot = secret.read();
        KeyMaterial wanted = snapshot.material()
                .map(present -> rotation.next(present, now).orElse(present))
                .orElseGet(() -> rotation.fresh(now));
        if (!wanted.equals(snapshot.material().orElse(null))) {
            secret.write(snapshot, wanted);
            log.info(
                    "Wrote new webhook certificates; serving until {}",
                    wanted.serving().certificate().getNotAfter().toInstant());
        }
        return wanted;
    }

    private void adopt(KeyMaterial adopted) {
        KeyMaterial before = current;
        current = adopted;
        if (before == null) {
            return;
        }
        if (!before.trusted().equals(adopted.trusted())) {
            String bundle = bundle(adopted);
            bundleListeners.forEach(listener -> listener.accept(bundle));
        }
        if (!before.serving().certificate().equals(adopted.serving().certificate())) {
            TlsIdentity identity = identity();
            identityListeners.forEach(listener -> listener.accept(identity));
        }
    }

    private KeyMaterial present() {
        KeyMaterial present = current;
        if (present == null) {
            throw new IllegalStateException("The certificates have not been read yet");
        }
        return present;
    }

    private static String bundle(KeyMaterial material) {
        try {
            List<X509Certificate> trusted = material.trusted();
            return Base64.getEncoder().encodeToString(Pem.of(trusted).getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A certificate authority of ours cannot be encoded", e);
        }
    }
}
