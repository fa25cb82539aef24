package dev.waterline.admission;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What a server proves its name with.
 *
 * @param key of the first certificate
 * @param chain the serving certificate first
 */
public record TlsIdentity(PrivateKey key, List<X509Certificate> chain) {
    public TlsIdentity {
        chain = List.copyOf(chain);
    }

    /** Names the certificate only: a key belongs into no log. */
    @Override
    public String toString() {
        return "TlsIdentity[" + chain.getFirst().getSerialNumber().toString(16) + "]";
    }
}
