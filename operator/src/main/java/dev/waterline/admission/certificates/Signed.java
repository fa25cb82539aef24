package dev.waterline.admission.certificates;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/**
 * A certificate and its key.
 *
 * @param certificate the public part
 * @param key the secret part
 */
record Signed(X509Certificate certificate, PrivateKey key) {

    @Override
    public String toString() {
        return "Signed[" + certificate.getSubjectX500Principal() + "]";
    }
}
