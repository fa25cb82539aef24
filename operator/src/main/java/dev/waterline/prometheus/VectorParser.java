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

/** Reads the body of an instant query's answer, as the Prometheus HTTP API documents it. */
final class VectorParser {
    private static final int MAX_SERIES = 10_000;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(16).build())
            .build();

    private static final QueryResult UNDOCUMENTED =
            new QueryResult.Failed(Cause.BadResponse, "the answer is not what the Prometheus API documents");

    private String status = "";
    private String errorType = "";
    private String resultType = "";
    private boolean partial;
    private boolean tooMany;
    private boolean hasResult;
    private boolean hasOther;
    private final List<Series> series = new ArrayList<>();
    private Instant at = Instant.EPOCH;

    private VectorParser() {}

    /**
     * @param httpStatus only 200 can carry a vector; another one that carries no documented error speaks for itself
     */
    static QueryResult parse(int httpStatus, byte[] body) {
        var result = parse(body);
        boolean saysWhy = result instanceof QueryResult.Failed failed && failed.cause() != Cause.BadResponse;
        return httpStatus == 200 || saysWhy
                ? result
                : new QueryResult.Failed(Cause.HttpError, "the server answered with HTTP status " + httpStatus);
    }

    private static QueryResult parse(byte[] body) {
        var parser = new VectorParser();
        try (var json = JSON.createParser(body)) {
            parser.root(json);
        } catch (IOException | NumberFormatException e) {
            return UNDOCUMENTED;
        }
        return parser.result();
    }

    private QueryResult result() {
        if (status.equals("error")) {
            return refused(errorType);
        }
        if (!status.equals("success") || resultType.isEmpty() || !hasResult) {
            return UNDOCUMENTED;
        }
        if (!resultType.equals("vector")) {
            return new QueryResult.Failed(
                    Cause.BadResponse,
                    "the query must yield an instant vector; this one yields another type (scalar, string or range)");
        }
        if (hasOther) {
            return UNDOCUMENTED;
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

    /** Says no more than which of the documented kinds of error it was: the text is the server's, not ours to repeat. */
    private static QueryResult refused(String errorType) {
        return switch (errorType) {
            case "bad_data" ->
                new QueryResult.Failed(
                        Cause.QueryError,
                        "Prometheus does not accept the query (bad_data): check its syntax in the Prometheus console");
            case "execution" ->
                new QueryResult.Failed(
                        Cause.QueryError,
                        "Prometheus could not evaluate the query (execution): try it in the Prometheus console");
            case "timeout" ->
                new QueryResult.Failed(Cause.Timeout, "Prometheus gave up evaluating the query in time (timeout)");
            case "canceled", "internal", "unavailable", "not_found" ->
                new QueryResult.Failed(Cause.HttpError, "Prometheus could not evaluate the query (" + errorType + ")");
            default -> new QueryResult.Failed(Cause.HttpError, "Prometheus could not evaluate the query (unknown)");
        };
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
            if (json.currentToken() != JsonToken.START_OBJECT) {
                // A scalar's result is [time, "value"]; its type, which may come later, says so.
                hasOther = true;
                json.skipChildren();
            } else if (series.size() >= MAX_SERIES) {
                tooMany = true;
                json.skipChildren();
            } else {
                element(json);
            }
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
