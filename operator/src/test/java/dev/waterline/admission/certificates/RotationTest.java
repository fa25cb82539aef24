package dev.waterline.admission.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.waterline.admission.WebhookEndpoint;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RotationTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final ServingNames NAMES =
            ServingNames.of(new WebhookEndpoint.Service("waterline-webhook", 443), "waterline-system");

    private final Rotation rotation = new Rotation(new CertificateIssuer(), NAMES);
    private final KeyMaterial first = rotation.fresh(START);

    @Test
    void theFirstCertificateIsSignedByItsAuthorityForNinetyDaysAndAllNames() throws Exception {
        first.serving().certificate().verify(first.authority().certificate().getPublicKey());

        assertThat(first.serving().certificate().getNotAfter().toInstant()).isEqualTo(START.plus(Duration.ofDays(90)));
        assertThat(Rotation.namesOf(first.serving().certificate()))
                .isEqualTo(new ServingNames(
                        Set.of(
                                "localhost",
                                "waterline-webhook.waterline-system.svc",
                                "waterline-webhook.waterline-system.svc.cluster.local"),
                        Set.of("127.0.0.1")));
        assertThat(first.authority().certificate().getBasicConstraints()).isZero();
    }

    @Test
    void certificatesAreValidForAnApiServerWhoseClockIsBehind() {
        assertThatCode(() -> {
                    java.util.Date earlier = java.util.Date.from(START.minus(Duration.ofMinutes(50)));
                    first.authority().certificate().checkValidity(earlier);
                    first.serving().certificate().checkValidity(earlier);
                })
                .doesNotThrowAnyException();
    }

    @Test
    void nothingChangesBeforeTwoThirdsOfTheLifetime() {
        assertThat(rotation.next(first, START.plus(Duration.ofDays(59)))).isEmpty();
    }

    @Test
    void theServingCertificateIsRenewedAtTwoThirdsUnderTheSameAuthority() {
        Instant due = START.plus(Duration.ofDays(60));

        KeyMaterial next = rotation.next(first, due).orElseThrow();

        assertThat(next.trusted()).isEqualTo(first.trusted());
        assertThat(next.serving().certificate().getNotAfter().toInstant()).isEqualTo(due.plus(Duration.ofDays(90)));
        assertThat(rotation.next(next, due)).isEmpty();
    }

    @Test
    void aNewAuthorityIsTrustedForADayBeforeAnythingIsServedThatOnlyItHasSigned() throws Exception {
        Instant due = START.plus(Duration.ofDays(2434));
        KeyMaterial before =
                rotation.next(first, due.minus(Duration.ofDays(10))).orElseThrow();

        KeyMaterial overlap = rotation.next(before, due).orElseThrow();

        assertThat(overlap.trusted()).hasSize(2).contains(first.authority().certificate());
        assertThat(overlap.serving()).isEqualTo(before.serving());
        assertThat(rotation.next(overlap, due.plus(Duration.ofHours(23)))).isEmpty();

        KeyMaterial after =
                rotation.next(overlap, due.plus(Duration.ofHours(24))).orElseThrow();
        after.serving().certificate().verify(overlap.authority().certificate().getPublicKey());
        assertThat(after.trusted()).isEqualTo(overlap.trusted());
        assertThat(rotation.next(after, due.plus(Duration.ofHours(25)))).isEmpty();
    }

    @Test
    void anOldAuthorityIsForgottenOnceItHasExpired() {
        Instant due = START.plus(Duration.ofDays(2434));
        KeyMaterial present = first;
        for (Instant now = START; now.isBefore(START.plus(Duration.ofDays(3660))); now = now.plus(Duration.ofDays(5))) {
            present = rotation.next(present, now).orElse(present);
            Instant at = now;
            assertThat(present.trusted())
                    .allSatisfy(authority ->
                            assertThat(authority.getNotAfter().toInstant()).isAfter(at));
            assertThat(present.serving().certificate().getNotAfter().toInstant())
                    .isAfter(now);
        }
        assertThat(present.trusted())
                .hasSize(1)
                .doesNotContain(first.authority().certificate());
        assertThat(present.authority().certificate().getNotBefore().toInstant())
                .isBetween(due.minus(Duration.ofDays(1)), due.plus(Duration.ofDays(6)));
    }

    @Test
    void afterYearsOfSleepEverythingIsRenewedAtOnce() throws Exception {
        KeyMaterial next =
                rotation.next(first, START.plus(Duration.ofDays(4000))).orElseThrow();

        assertThat(next.trusted()).hasSize(1).doesNotContain(first.authority().certificate());
        next.serving().certificate().verify(next.authority().certificate().getPublicKey());
    }

    @Test
    void replicasWithOldAndNewNamesDoNotReplaceEachOthersCertificateForEver() {
        Rotation other = new Rotation(
                new CertificateIssuer(),
                ServingNames.of(new WebhookEndpoint.Url(URI.create("https://10.1.2.3:9443")), "waterline-system"));

        KeyMaterial both = other.next(first, START).orElseThrow();

        assertThat(Rotation.namesOf(both.serving().certificate()).addresses()).contains("10.1.2.3");
        assertThat(rotation.next(both, START)).isEmpty();
        assertThat(other.next(both, START)).isEqualTo(Optional.empty());
    }

    @Test
    void aHostNameAnAddressAndAnIpv6AddressOfTheUrlAreVouchedFor() {
        assertThat(names("https://operator.example:9443").dns()).contains("operator.example");
        assertThat(names("https://192.0.2.7").addresses()).contains("192.0.2.7");
        assertThat(names("https://[2001:db8::1]:9443").addresses()).contains("2001:db8:0:0:0:0:0:1");
        KeyMaterial ipv6 = new Rotation(new CertificateIssuer(), names("https://[2001:db8::1]:9443")).fresh(START);
        assertThat(new Rotation(new CertificateIssuer(), names("https://[2001:db8::1]:9443")).next(ipv6, START))
                .isEmpty();
    }

    private static ServingNames names(String url) {
        return ServingNames.of(new WebhookEndpoint.Url(URI.create(url)), "ns");
    }
}
