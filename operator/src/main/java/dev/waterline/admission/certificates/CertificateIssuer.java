package dev.waterline.admission.certificates;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes certificates: EC P-256, signed with SHA-256. */
final class CertificateIssuer {
    static final Duration AUTHORITY_LIFETIME = Duration.ofDays(3650);
    static final Duration SERVING_LIFETIME = Duration.ofDays(90);

    /** So much earlier a certificate is valid, for API servers whose clocks are behind. */
    static final Duration BACKDATED = Duration.ofHours(1);

    private static final int SERIAL_BITS = 127;

    private final SecureRandom random = new SecureRandom();

    Signed authority(Instant now) {
        try {
            KeyPair keys = keyPair();
            BigInteger serial = serial();
            // Its serial number is in the name, so that an old and a new authority are never taken for each other.
            X500Name name = new X500Name("CN=waterline-webhook-ca-" + serial.toString(16));
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                            name,
                            serial,
                            Date.from(now.minus(BACKDATED)),
                            Date.from(now.plus(AUTHORITY_LIFETIME)),
                            name,
                            keys.getPublic())
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
                    .addExtension(
                            Extension.subjectKeyIdentifier,
                            false,
                            new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
            return new Signed(sign(builder, keys), keys.getPrivate());
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException("This Java runtime cannot make a certificate authority", e);
        }
    }

    Signed serving(Signed authority, ServingNames names, Instant now) {
        try {
            KeyPair keys = keyPair();
            X509Certificate issuer = authority.certificate();
            JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                            issuer,
                            serial(),
                            Date.from(now.minus(BACKDATED)),
                            Date.from(now.plus(SERVING_LIFETIME)),
                            new X500Name("CN=waterline-webhook"),
                            keys.getPublic())
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                    .addExtension(
                            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                    .addExtension(Extension.subjectAlternativeName, false, alternativeNames(names))
                    .addExtension(
                            Extension.authorityKeyIdentifier, false, extensions.createAuthorityKeyIdentifier(issuer));
            return new Signed(sign(builder, new KeyPair(issuer.getPublicKey(), authority.key())), keys.getPrivate());
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException("This Java runtime cannot make a serving certificate", e);
        }
    }

    private static GeneralNames alternativeNames(ServingNames names) {
        return new GeneralNames(Stream.concat(
                        names.dns().stream().sorted().map(name -> new GeneralName(GeneralName.dNSName, name)),
                        names.addresses().stream()
                                .sorted()
                                .map(address -> new GeneralName(GeneralName.iPAddress, address)))
                .toArray(GeneralName[]::new));
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, KeyPair signer)
            throws OperatorCreationException, GeneralSecurityException {
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate())));
    }

    private KeyPair keyPair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        return generator.generateKeyPair();
    }

    private BigInteger serial() {
        return new BigInteger(SERIAL_BITS, random).setBit(0);
    }
}
