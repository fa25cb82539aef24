package dev.waterline.prometheus;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the body of an instant query's answer. */
final class VectorParser extends ResponseParser {
    private static final int MAX_SERIES = 10_000;

    private final List<Series> series = new ArrayList<>();
    private Instant at = Instant.EPOCH;
    private boolean tooMany;

    private VectorParser() {
        super(
                "vector",
                "the query must yield an instant vector; this one yields another type (scalar, string or range)");
    }

    static QueryResult parse(int httpStatus, byte[] body) {
        var parser = new VectorParser();
        return parser.failure(httpStatus, body)
                .<QueryResult>map(failed -> failed)
                .orElseGet(() -> new QueryResult.Vector(parser.series, parser.at));
    }

    @Override
    Optional<String> excess() {
        return tooMany
                ? Optional.of("the query yields more than " + MAX_SERIES + " series; aggregate it")
                : Optional.empty();
    }

    @Override
    void element(JsonParser json) throws IOException {
        Map<String, String> labels = Map.of();
        Optional<RangeResult.Sample> sample = Optional.empty();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            switch (json.currentName()) {
                case "metric" -> labels = labels(json);
                case "value" -> {
                    expect(json.nextToken() == JsonToken.START_ARRAY);
                    sample = Optional.of(sample(json));
                }
                default -> skip(json);
            }
        }
        expect(sample.isPresent() || !isAsDue());
        tooMany = series.size() >= MAX_SERIES;
        if (sample.isPresent() && !tooMany) {
            at = sample.get().at();
            series.add(new Series(labels, sample.get().value()));
        }
    }
}
