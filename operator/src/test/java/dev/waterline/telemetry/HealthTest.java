package dev.waterline.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class HealthTest {

    @Test
    void readyMeansThatEveryCheckPassesAndEachIsListed() {
        Health health = new Health();
        AtomicBoolean synced = new AtomicBoolean();
        health.readyWhen("webhooks served", () -> true);
        health.readyWhen("cache of pods", synced::get);

        assertThat(health.readiness().passed()).isFalse();
        assertThat(health.readiness().text()).isEqualTo("[+] webhooks served\n[-] cache of pods\nnot ready\n");

        synced.set(true);

        assertThat(health.readiness().passed()).isTrue();
        assertThat(health.readiness().text()).isEqualTo("[+] webhooks served\n[+] cache of pods\nready\n");
    }
}
