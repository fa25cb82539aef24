package dev.waterline.prometheus;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.waterline.decision.reading.Reading.Cause;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the body of an instant query's answer, as the Prometheus HTTP API documents it. */
final class VectorParser {
    private static final int MAX_SERIES = 10_000;
    private static final Set<String> ERROR_TYPES =
            Set.of("timeout", "canceled", "execution", "bad_data", "internal", "unavailable", "not_found");
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(16).build())
            .build();

    private String status = "";
    private String errorType = "";
    private String resultType = "";
    private boolean partial;
    private boolean tooMany;
    private boolean hasResult;
    private boolean hasOtherThanSeries;
    private final List<Series> series = new ArrayList<>();
    private Instant at = Instant.EPOCH;

    private VectorParser() {}

    static QueryResult parse(byte[] body) {
        var parser = new VectorParser();
        try (var json = JSON.createParser(body)) {
            parser.root(json);
        } catch (IOException | NumberFormatException e) {
            return new QueryResult.Failed(Cause.BadResponse, "the answer is not what the Prometheus API documents");
        }
        return parser.result();
    }

    private QueryResult result() {
        if (status.equals("error")) {
            var kind = ERROR_TYPES.contains(errorType) ? errorType : "unknown";
            return new QueryResult.Failed(
                    kind.equals("bad_data") ? Cause.QueryError : Cause.HttpError,
                    kind.equals("bad_data")
                            ? "Prometheus does not accept the query (bad_data): check its syntax in the Prometheus console"
                            : "Prometheus could not evaluate the query (" + kind + ")");
        }
        if (!status.equals("success") || resultType.isEmpty()) {
            return new QueryResult.Failed(Cause.BadResponse, "the answer is not what the Prometheus API documents");
        }
        if (!resultType.equals("vector")) {
            return new QueryResult.Failed(
                    Cause.BadResponse,
                    "the query must yield an instant vector; this one yields another type (scalar, string or range)");
        }
        if (!hasResult || hasOtherThanSeries) {
            return new QueryResult.Failed(Cause.BadResponse, "the answer is not what the Prometheus API documents");
        }
        if (tooMany) {
            return new QueryResult.Failed(
                    Cause.BadResponse, "the query yields more than " + MAX_SERIES + " series; aggregate it");
        }
        if (partial) {
            return new QueryResult.Failed(
                    Cause.PartialResponse, "the answer came with warnings, so it may be incomplete");
        }
        return new QueryResult.Vector(series, at);
    }

    private void root(JsonParser json) throws IOException {
        expect(json.nextToken() == JsonToken.START_OBJECT);
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            switch (json.currentName()) {
                case "status" -> status = text(json);
                case "errorType" -> errorType = text(json);
                case "warnings" -> partial = isNonEmptyArray(json);
                case "data" -> data(json);
                default -> skip(json);
            }
        }
    }

    private void data(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            return;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            switch (json.currentName()) {
                case "resultType" -> resultType = text(json);
                case "result" -> vector(json);
                default -> skip(json);
            }
        }
    }

    private void vector(JsonParser json) throws IOException {
        expect(json.nextToken() == JsonToken.START_ARRAY);
        hasResult = true;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            // A scalar's result is [time, "value"], and its type may come after it; in a vector that would be no series.
            boolean isSeries = json.currentToken() == JsonToken.START_OBJECT;
            if (!isSeries || series.size() >= MAX_SERIES) {
                hasOtherThanSeries |= !isSeries;
                tooMany |= isSeries;
                json.skipChildren();
                expect(json.currentToken() != null);
                continue;
            }
            element(json);
        }
    }

    private void element(JsonParser json) throws IOException {
        Map<String, String> labels = Map.of();
        double value = Double.NaN;
        boolean hasValue = false;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            switch (json.currentName()) {
                case "metric" -> labels = labels(json);
                case "value" -> {
                    expect(json.nextToken() == JsonToken.START_ARRAY);
                    expect(json.nextToken().isNumeric());
                    at = Instant.ofEpochMilli(Math.round(json.getDoubleValue() * 1000));
                    expect(json.nextToken() == JsonToken.VALUE_STRING);
                    value = number(json.getText());
                    hasValue = true;
                    expect(json.nextToken() == JsonToken.END_ARRAY);
                }
                default -> skip(json);
            }
        }
        if (resultType.isEmpty() || resultType.equals("vector")) {
            expect(hasValue);
        }
        series.add(new Series(labels, value));
    }

    private static Map<String, String> labels(JsonParser json) throws IOException {
        var labels = new HashMap<String, String>();
        expect(json.nextToken() == JsonToken.START_OBJECT);
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var name = json.currentName();
            labels.put(name, text(json));
        }
        return labels;
    }

    private static double number(String text) {
        return switch (text) {
            case "NaN" -> Double.NaN;
            case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    private static String text(JsonParser json) throws IOException {
        expect(json.nextToken() == JsonToken.VALUE_STRING);
        return json.getText();
    }

    private static boolean isNonEmptyArray(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_ARRAY) {
            return false;
        }
        boolean any = json.nextToken() != JsonToken.END_ARRAY;
        while (json.currentToken() != JsonToken.END_ARRAY) {
            json.skipChildren();
            expect(json.nextToken() != null);
        }
        return any;
    }

    private static void skip(JsonParser json) throws IOException {
        json.nextToken();
        json.skipChildren();
    }

    private static void expect(boolean documented) throws IOException {
        if (!documented) {
            throw new IOException("undocumented answer");
        }
    }
}
