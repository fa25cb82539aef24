package dev.waterline.testbed.pki;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Issues certificates into a folder. Keys are P-256: made in a millisecond, understood by every component. */
public final class CertificateAuthority {
    private static final Duration LIFETIME = Duration.ofDays(30);

    private final Path directory;
    private final InstantSource clock;
    private final KeyPair keys;
    private final X509Certificate certificate;

    private CertificateAuthority(Path directory, InstantSource clock) throws GeneralSecurityException, IOException {
        this.directory = directory;
        this.clock = clock;
        this.keys = newKeys();
        this.certificate = sign("waterline-testbed-ca", keys, keys, true);
        Files.writeString(directory.resolve("ca.crt"), Pem.of(certificate));
    }

    /** Creates the folder and writes {@code ca.crt} into it. */
    public static CertificateAuthority in(Path directory, InstantSource clock) {
        try {
            Files.createDirectories(directory);
            return new CertificateAuthority(directory, clock);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK cannot make P-256 certificates", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The authority's own certificate as a PEM file. */
    public Path file() {
        return directory.resolve("ca.crt");
    }

    public String pem() {
        return Pem.of(certificate);
    }

    public KeyFiles issue(String commonName) {
        try {
            var subject = newKeys();
            var files = new KeyFiles(directory.resolve(commonName + ".crt"), directory.resolve(commonName + ".key"));
            Files.writeString(files.certificate(), Pem.of(sign(commonName, subject, keys, false)));
            Files.writeString(files.key(), Pem.of(subject.getPrivate()));
            return files;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot issue a certificate for " + commonName, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A bare key pair, as the API server signs service account tokens with. */
    public KeyFiles issueKeyPair(String name) {
        try {
            var pair = newKeys();
            var files = new KeyFiles(directory.resolve(name + ".pub"), directory.resolve(name + ".key"));
            Files.writeString(files.certificate(), Pem.of(pair.getPublic()));
            Files.writeString(files.key(), Pem.of(pair.getPrivate()));
            return files;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot make the key pair " + name, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For a client or a loopback server that trusts this authority only and shows a certificate of it. */
    public SSLContext context() {
        try {
            var client = newKeys();
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("ca", certificate);
            store.setKeyEntry("client", client.getPrivate(), new char[0], new X509Certificate[] {
                sign("waterline-testbed", client, keys, false)
            });
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            own.init(store, new char[0]);
            var context = SSLContext.getInstance("TLS");
            context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK cannot make a TLS context", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KeyPair newKeys() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private X509Certificate sign(String commonName, KeyPair subject, KeyPair issuer, boolean authority)
            throws GeneralSecurityException, IOException {
        var now = clock.instant();
        var builder = new JcaX509v3CertificateBuilder(
                new X500Principal("CN=waterline-testbed-ca"),
                new BigInteger(120, new SecureRandom()),
                Date.from(now.minus(Duration.ofMinutes(5))),
                Date.from(now.plus(LIFETIME)),
                new X500Principal("CN=" + commonName),
                subject.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        if (authority) {
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        } else {
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
            }));
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
                new GeneralName(GeneralName.iPAddress, "127.0.0.1"), new GeneralName(GeneralName.dNSName, "localhost")
            }));
        }
        try {
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(issuer.getPrivate());
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException("Cannot sign with P-256", e);
        }
    }
}
