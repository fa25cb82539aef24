package dev.waterline.app;

import dev.waterline.admission.certificates.CertificateAuthorityBundle;
import dev.waterline.leadership.Installation;
import dev.waterline.telemetry.DecisionLog;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * What everything else is built on.
 *
 * @param configuration what users have set
 * @param clients the clients of the API server
 * @param meters where meters are registered
 * @param decisions where what was decided is kept for whoever asks
 * @param authorities what webhook configurations must trust; readable once certificates have been read, which is before
 *     any part is started
 * @param installation whose the guard's configuration is
 * @param clock the wall clock
 * @param nanoTime the monotonic clock
 */
public record Foundation(
        Configuration configuration,
        KubernetesClients clients,
        MeterRegistry meters,
        DecisionLog decisions,
        CertificateAuthorityBundle authorities,
        Installation installation,
        InstantSource clock,
        LongSupplier nanoTime) {}
