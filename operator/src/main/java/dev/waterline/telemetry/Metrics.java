package dev.waterline.telemetry;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.prometheus.client.exporter.common.TextFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one registry of the process, and the one class that knows that it is the simpleclient's. Everybody else gets a
 * {@link MeterRegistry}.
 */
@SuppressWarnings("deprecation") // Micrometer keeps its simpleclient registry in a deprecated package only.
public final class Metrics implements AutoCloseable {
    /** The operator SDK describes none of its meters; without HELP, a scrape explains nothing. */
    private static final Map<String, String> SDK_DESCRIPTIONS = Map.ofEntries(
            Map.entry("reconciliations.failure", "Reconciliations that ended with an exception."),
            Map.entry("reconciliations.success", "Reconciliations that ended without an exception."),
            Map.entry("reconciliations.retries", "Reconciliations that were retries of a failed one."),
            Map.entry("reconciliations.started", "Reconciliations begun."),
            Map.entry("reconciliations.active", "Reconciliations running now."),
            Map.entry("reconciliations.queue", "Resources waiting for a reconciliation."),
            Map.entry("reconciliations.execution.duration", "How long a reconciliation took."),
            Map.entry("custom_resources", "Resources of the controller's kind."),
            Map.entry("events.received", "Events that asked for a reconciliation."),
            Map.entry("events.delete", "Deletions of resources seen."));

    private final io.micrometer.prometheus.PrometheusMeterRegistry registry =
            new io.micrometer.prometheus.PrometheusMeterRegistry(io.micrometer.prometheus.PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbageCollection = new JvmGcMetrics();

    public Metrics() {
        registry.config().meterFilter(new SdkDescriptions());
        List.of(
                        new JvmMemoryMetrics(),
                        garbageCollection,
                        new JvmThreadMetrics(),
                        new JvmInfoMetrics(),
                        new ClassLoaderMetrics(),
                        new ProcessorMetrics(),
                        new UptimeMetrics(),
                        new FileDescriptorMetrics())
                .forEach(binder -> binder.bindTo(registry));
    }

    /** Where everybody registers meters. */
    public MeterRegistry registry() {
        return registry;
    }

    /**
     * All meters as text.
     *
     * @param contentType one that {@link #negotiate} gave
     */
    public String scrape(String contentType) {
        return registry.scrape(contentType);
    }

    /** The exposition format for an {@code Accept} header: OpenMetrics where it is asked for, else Prometheus text. */
    public static String negotiate(@Nullable String accept) {
        return TextFormat.chooseContentType(accept);
    }

    @Override
    public void close() {
        garbageCollection.close();
        registry.close();
    }

    private static final class SdkDescriptions implements MeterFilter {
        @Override
        public Meter.Id map(Meter.Id id) {
            String description = SDK_DESCRIPTIONS.get(id.getName());
            if (description == null || id.getDescription() != null) {
                return id;
            }
            return new Meter.Id(
                    id.getName(), Tags.of(id.getTagsAsIterable()), id.getBaseUnit(), description, id.getType());
        }
    }
}
