package dev.waterline.prometheus;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.waterline.prometheus.RangeResult.History;
import dev.waterline.prometheus.RangeResult.Matrix;
import dev.waterline.prometheus.RangeResult.Sample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the body of a range query's answer. */
final class MatrixParser extends ResponseParser {
    private static final int MAX_SAMPLES = PrometheusClient.MAX_SAMPLES;

    private final List<History> series = new ArrayList<>();
    private int samples;

    private MatrixParser() {
        super("matrix", "a range query must yield a matrix; this one yields another type");
    }

    static RangeResult parse(int httpStatus, byte[] body) {
        var parser = new MatrixParser();
        return parser.failure(httpStatus, body)
                .<RangeResult>map(failed -> failed)
                .orElseGet(() -> new Matrix(parser.series));
    }

    @Override
    Optional<String> excess() {
        return samples > MAX_SAMPLES
                ? Optional.of("the query yields more than " + MAX_SAMPLES + " samples over the range; aggregate it")
                : Optional.empty();
    }

    @Override
    void element(JsonParser json) throws IOException {
        Map<String, String> labels = Map.of();
        Optional<List<Sample>> values = Optional.empty();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            switch (json.currentName()) {
                case "metric" -> labels = labels(json);
                case "values" -> values = Optional.of(values(json));
                default -> skip(json);
            }
        }
        expect(values.isPresent() || !isAsDue());
        if (values.isPresent()) {
            series.add(new History(labels, values.get()));
        }
    }

    private List<Sample> values(JsonParser json) throws IOException {
        var values = new ArrayList<Sample>();
        expect(json.nextToken() == JsonToken.START_ARRAY);
        while (json.nextToken() == JsonToken.START_ARRAY) {
            var sample = sample(json);
            samples++;
            if (samples <= MAX_SAMPLES) {
                values.add(sample);
            }
        }
        expect(json.currentToken() == JsonToken.END_ARRAY);
        return values;
    }
}
