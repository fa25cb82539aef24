package dev.waterline.app;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationService;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator SDK with the settings that it needs to be harmless (docs/decisions tells why): it neither elects leaders
 * nor ends the process, retries for ever at most half a minute apart, looks at every resource each minute at least, and
 * drains when it stops. Started when this replica leads; cannot be started again once stopped.
 */
public final class Controllers implements Part {
    private static final Logger log = LoggerFactory.getLogger(Controllers.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(500);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);
    private static final double RETRY_GROWTH = 2;
    private static final Duration LOOK_AT_LEAST_EVERY = Duration.ofMinutes(1);
    private static final Duration CACHE_SYNC = Duration.ofMinutes(2);
    private static final long LIST_PAGE = 500;
    private static final int CONCURRENCY = 64;

    private final Operator operator;

    /**
     * No controller yet.
     *
     * @param client carries the fence
     * @param drain how long reconciliations in flight may go on when it stops
     */
    public Controllers(KubernetesClient client, Metrics metrics, Duration drain) {
        BoundedVirtualThreads threads = new BoundedVirtualThreads("reconcile", CONCURRENCY);
        // Not Operator(Consumer): that one runs its argument twice, on two configurations.
        operator = new Operator(ConfigurationService.newOverriddenConfigurationService(
                (ConfigurationServiceOverrider settings) -> settings.withKubernetesClient(client)
                        .withCloseClientOnStop(false)
                        .withMetrics(metrics)
                        .withExecutorService(threads)
                        .withReconciliationTerminationTimeout(drain)
                        .withCacheSyncTimeout(CACHE_SYNC)
                        .withStopOnInformerErrorDuringStartup(false)
                        .checkingCRDAndValidateLocalModel(false)
                        .withInformerStoppedHandler((informer, problem) -> {
                            if (problem != null) {
                                log.error("An informer stopped; its objects are not seen any more", problem);
                            }
                        })));
    }

    /**
     * Adds a controller; what is set here can be overridden by its settings, the retry and the longest pause included.
     *
     * @param settings such as namespaces and filters
     * @throws IllegalArgumentException if the reconciler trusts resource versions, which loses edits with this SDK
     */
    public <P extends HasMetadata> void add(
            Reconciler<P> reconciler, Consumer<ControllerConfigurationOverrider<P>> settings) {
        ControllerConfiguration<P> declared = operator.getConfigurationService().getConfigurationFor(reconciler);
        if (declared.getInformerConfig().isComparableResourceVersions()) {
            throw new IllegalArgumentException(reconciler.getClass().getSimpleName()
                    + " must be annotated with @ControllerConfiguration(informer = @Informer("
                    + "comparableResourceVersions = false)): with true, this SDK swallows edits made during a write.");
        }
        ControllerConfigurationOverrider<P> overrider = ControllerConfigurationOverrider.override(declared)
                .withRetry(new GenericRetry()
                        .withoutMaxAttempts()
                        .setInitialInterval(FIRST_RETRY)
                        .setIntervalMultiplier(RETRY_GROWTH)
                        .setMaxInterval(LONGEST_RETRY.toMillis()))
                .withReconciliationMaxInterval(LOOK_AT_LEAST_EVERY)
                .withInformerListLimit(LIST_PAGE);
        settings.accept(overrider);
        operator.register(reconciler, overrider.build());
    }

    @Override
    public void start() {
        if (operator.getRegisteredControllersNumber() == 0) {
            log.warn("No controller is registered");
            return;
        }
        operator.start();
    }

    @Override
    public void stop() {
        operator.stop();
    }
}
