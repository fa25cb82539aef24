package dev.waterline.trigger;

import dev.waterline.decision.reading.Reading;
import dev.waterline.decision.reading.Reading.Cause;
import dev.waterline.decision.scaling.Target;
import dev.waterline.prometheus.InstantQuery;
import dev.waterline.prometheus.OneNumber;
import dev.waterline.prometheus.PrometheusClient;
import dev.waterline.prometheus.QueryResult;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** One number from one PromQL query. The keys of its metadata are KEDA's. */
final class PrometheusTrigger implements TriggerType {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,15}([.][0-9]{1,9})?");

    private final PrometheusClient prometheus;
    private final Optional<URI> defaultServer;
    private final Duration deadline;
    private final InstantSource clock;

    PrometheusTrigger(
            PrometheusClient prometheus, Optional<URI> defaultServer, Duration deadline, InstantSource clock) {
        this.prometheus = prometheus;
        this.defaultServer = defaultServer;
        this.deadline = deadline;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "prometheus";
    }

    @Override
    public PreparedTrigger prepare(TriggerSettings settings) {
        var query = settings.setting("query");
        if (query.isEmpty()) {
            return settings.invalid("query", "is missing: write the PromQL query");
        }
        var threshold = number(settings.setting("threshold").orElse(""));
        if (threshold.isEmpty() || threshold.getAsDouble() <= 0) {
            return settings.invalid("threshold", "must be a positive number in quotes, such as \"15\"");
        }
        var activation = number(settings.setting("activationThreshold").orElse("0"));
        if (activation.isEmpty()) {
            return settings.invalid("activationThreshold", "must be a number in quotes, such as \"0\"");
        }
        var ignoreNull = settings.setting("ignoreNullValues").orElse("false");
        if (!ignoreNull.equals("true") && !ignoreNull.equals("false")) {
            return settings.invalid("ignoreNullValues", "must be \"true\" or \"false\"");
        }
        var address = settings.setting("serverAddress");
        var server = address.isPresent() ? address.flatMap(PrometheusTrigger::url) : defaultServer;
        if (address.isPresent() && server.isEmpty()) {
            return settings.invalid(
                    "serverAddress",
                    "must be a URL such as http://prometheus.monitoring.svc:9090, not " + address.get());
        }
        Supplier<Reading> source = () -> read(server, query.get(), ignoreNull.equals("true"));
        return new PreparedTrigger.Usable(
                new Target(settings.measure(), threshold.getAsDouble(), activation.getAsDouble()), source);
    }

    private Reading read(Optional<URI> server, String query, boolean emptyIsZero) {
        if (server.isEmpty()) {
            return new Reading.Unavailable(
                    Cause.NoServer, "it names no serverAddress and the operator was started without --prometheus-url");
        }
        var result = prometheus.query(new InstantQuery(server.get(), query, Optional.empty(), deadline));
        if (!(result instanceof QueryResult.Vector vector && vector.series().isEmpty())) {
            return OneNumber.of(result);
        }
        return emptyIsZero
                ? new Reading.Fresh(0, clock.instant())
                : new Reading.Unavailable(
                        Cause.EmptyResult,
                        "the query yields no series; make it yield 0 where that is meant, or set ignoreNullValues to"
                                + " \"true\"");
    }

    private static OptionalDouble number(String text) {
        return NUMBER.matcher(text).matches() ? OptionalDouble.of(Double.parseDouble(text)) : OptionalDouble.empty();
    }

    private static Optional<URI> url(String address) {
        try {
            var url = new URI(address);
            return url.getHost() == null ? Optional.empty() : Optional.of(url);
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }
}
