package dev.waterline.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waterline.fixture.FakeApiServer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ControllersTest {
    private final FakeApiServer server = new FakeApiServer();
    private final KubernetesClient client = server.client();
    private final Controllers controllers = new Controllers(client, Metrics.NOOP, Duration.ofSeconds(1));

    @AfterEach
    void close() {
        controllers.stop();
        client.close();
        server.close();
    }

    @Test
    void aReconcilerRetriesForEverHalfAMinuteApartAndIsAskedEachMinute() {
        AtomicReference<GenericRetry> retry = new AtomicReference<>();
        AtomicReference<Duration> longestPause = new AtomicReference<>();

        controllers.add(new Careful(), settings -> {
            var built = settings.build();
            retry.set((GenericRetry) built.getRetry());
            longestPause.set(built.maxReconciliationInterval().orElseThrow());
        });

        assertThat(retry.get().getMaxAttempts()).isEqualTo(-1);
        assertThat(retry.get().getMaxInterval()).isEqualTo(30_000);
        assertThat(longestPause.get()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void aReconcilerThatTrustsResourceVersionsIsRefused() {
        assertThatThrownBy(() -> controllers.add(new Trusting(), settings -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("Trusting", "comparableResourceVersions = false");
    }

    @Test
    void withoutAnyControllerStartingDoesNothing() {
        controllers.start();

        assertThat(server.requests()).isEmpty();
    }

    @ControllerConfiguration(informer = @Informer(comparableResourceVersions = false))
    private static final class Careful implements Reconciler<ConfigMap> {
        @Override
        public UpdateControl<ConfigMap> reconcile(ConfigMap resource, Context<ConfigMap> context) {
            return UpdateControl.noUpdate();
        }
    }

    @ControllerConfiguration
    private static final class Trusting implements Reconciler<ConfigMap> {
        @Override
        public UpdateControl<ConfigMap> reconcile(ConfigMap resource, Context<ConfigMap> context) {
            return UpdateControl.noUpdate();
        }
    }
}
