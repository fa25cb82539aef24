package dev.waterline.admission.certificates;

import java.util.function.Consumer;

/** The authorities that a webhook configuration must trust. */
public interface CertificateAuthorityBundle {
    /** All trusted authorities as PEM, in Base64: the form of {@code clientConfig.caBundle}. */
    String caBundle();

    /** Calls with each new bundle, on any thread; the present one is not repeated. */
    void onChange(Consumer<String> listener);
}
