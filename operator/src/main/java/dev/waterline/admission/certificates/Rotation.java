package dev.waterline.admission.certificates;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * When which certificate is replaced. Serving certificates and authorities are renewed after two thirds of their
 * lifetime. A new authority is trusted beside the old one for a day before anything is served that only it has signed:
 * meanwhile the guard's configuration and every replica have learnt of it. An old authority is trusted until it
 * expires; its key is gone by then.
 */
final class Rotation {
    static final Duration OVERLAP = Duration.ofDays(1);

    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    private final CertificateIssuer issuer;
    private final ServingNames names;

    Rotation(CertificateIssuer issuer, ServingNames names) {
        this.issuer = issuer;
        this.names = names;
    }

    KeyMaterial fresh(Instant now) {
        Signed authority = issuer.authority(now);
        return new KeyMaterial(authority, List.of(), issuer.serving(authority, names, now));
    }

    /** What must take the place of the present material now; empty if it can stay. */
    Optional<KeyMaterial> next(KeyMaterial present, Instant now) {
        KeyMaterial next = renewServing(renewAuthority(present, now), now);
        return next.equals(present) ? Optional.empty() : Optional.of(next);
    }

    private KeyMaterial renewAuthority(KeyMaterial present, Instant now) {
        List<X509Certificate> stillValid = present.trusted().stream()
                .filter(certificate -> now.isBefore(certificate.getNotAfter().toInstant()))
                .toList();
        if (isDue(present.authority().certificate(), now)) {
            return new KeyMaterial(issuer.authority(now), stillValid, present.serving());
        }
        return new KeyMaterial(present.authority(), stillValid.subList(1, stillValid.size()), present.serving());
    }

    private KeyMaterial renewServing(KeyMaterial present, Instant now) {
        X509Certificate serving = present.serving().certificate();
        Instant issued =
                present.authority().certificate().getNotBefore().toInstant().plus(CertificateIssuer.BACKDATED);
        boolean authorityKnownEverywhere = present.older().isEmpty() || !now.isBefore(issued.plus(OVERLAP));
        boolean trusted = present.trusted().stream().anyMatch(authority -> issuedBy(serving, authority));
        boolean usable = trusted && now.isBefore(serving.getNotAfter().toInstant());
        ServingNames vouched = namesOf(serving);
        if (!vouched.covers(names) || !usable) {
            // During a rolling change of the names, replicas with old and new options would otherwise replace each
            // other's certificate for ever.
            return served(present, usable ? names.and(vouched) : names, now);
        }
        boolean due =
                isDue(serving, now) || !issuedBy(serving, present.authority().certificate());
        return due && authorityKnownEverywhere ? served(present, names, now) : present;
    }

    private KeyMaterial served(KeyMaterial present, ServingNames vouchedFor, Instant now) {
        return new KeyMaterial(
                present.authority(), present.older(), issuer.serving(present.authority(), vouchedFor, now));
    }

    private static boolean isDue(X509Certificate certificate, Instant now) {
        Instant from = certificate.getNotBefore().toInstant();
        Duration lifetime = Duration.between(from, certificate.getNotAfter().toInstant());
        return !now.isBefore(from.plus(lifetime.multipliedBy(2).dividedBy(3)));
    }

    private static boolean issuedBy(X509Certificate certificate, X509Certificate authority) {
        return certificate.getIssuerX500Principal().equals(authority.getSubjectX500Principal());
    }

    static ServingNames namesOf(X509Certificate certificate) {
        Set<String> dns = new HashSet<>();
        Set<String> addresses = new HashSet<>();
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                for (List<?> alternative : alternatives) {
                    switch (alternative.getFirst()) {
                        case Integer type when type == DNS_NAME -> dns.add(String.valueOf(alternative.get(1)));
                        case Integer type when type == IP_ADDRESS -> addresses.add(String.valueOf(alternative.get(1)));
                        default -> {}
                    }
                }
            }
        } catch (CertificateParsingException e) {
            throw new IllegalArgumentException("The serving certificate's names cannot be read", e);
        }
        return new ServingNames(dns, addresses);
    }
}
