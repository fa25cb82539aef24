package dev.waterline.admission.certificates;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * All that the Secret holds.
 *
 * @param authority the newest certificate authority, which signs
 * @param older authorities that are still trusted, newest first
 * @param serving what the webhooks are served with; signed by any of these authorities
 */
record KeyMaterial(Signed authority, List<X509Certificate> older, Signed serving) {
    KeyMaterial {
        older = List.copyOf(older);
    }

    /** Every trusted authority, newest first. */
    List<X509Certificate> trusted() {
        List<X509Certificate> all = new ArrayList<>(older.size() + 1);
        all.add(authority.certificate());
        all.addAll(older);
        return all;
    }
}
