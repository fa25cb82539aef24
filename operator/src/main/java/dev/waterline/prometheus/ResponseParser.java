package dev.waterline.prometheus;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.waterline.decision.reading.Reading.Cause;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the body of a query's answer, as the Prometheus HTTP API documents it: what all answers have in common. The elements
 * of the result are its subclasses' to read.
 */
abstract sealed class ResponseParser permits VectorParser, MatrixParser {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(16).build())
            .build();

    private static final QueryResult.Failed UNDOCUMENTED =
            new QueryResult.Failed(Cause.BadResponse, "the answer is not what the Prometheus API documents");

    private final String due;
    private final String otherType;
    private String status = "";
    private String errorType = "";
    private String resultType = "";
    private boolean partial;
    private boolean hasResult;
    private boolean hasOther;

    /**
     * @param due the result's type that is due
     * @param otherType what to say of any other
     */
    ResponseParser(String due, String otherType) {
        this.due = due;
        this.otherType = otherType;
    }

    /** Reads one element of the result, whose object has been opened. */
    abstract void element(JsonParser json) throws IOException;

    /** Whether there is more than is taken; further elements then are skipped, and the answer is refused. */
    abstract Optional<String> excess();

    /**
     * @param httpStatus only 200 can carry a result; another one that carries no documented error speaks for itself
     * @return empty: the elements have all been read
     */
    final Optional<QueryResult.Failed> failure(int httpStatus, byte[] body) {
        var failure = failure(body);
        boolean saysWhy =
                failure.filter(failed -> failed.cause() != Cause.BadResponse).isPresent();
        return httpStatus == 200 || saysWhy
                ? failure
                : Optional.of(
                        new QueryResult.Failed(Cause.HttpError, "the server answered with HTTP status " + httpStatus));
    }

    private Optional<QueryResult.Failed> failure(byte[] body) {
        try (var json = JSON.createParser(body)) {
            root(json);
        } catch (IOException | NumberFormatException e) {
            return Optional.of(UNDOCUMENTED);
        }
        if (status.equals("error")) {
            return Optional.of(refused(errorType));
        }
        if (!status.equals("success") || resultType.isEmpty() || !hasResult) {
            return Optional.of(UNDOCUMENTED);
        }
        if (!resultType.equals(due)) {
            return Optional.of(new QueryResult.Failed(Cause.BadResponse, otherType));
        }
        if (hasOther) {
            return Optional.of(UNDOCUMENTED);
        }
        if (excess().isPresent()) {
            return excess().map(detail -> new QueryResult.Failed(Cause.BadResponse, detail));
        }
        return partial
                ? Optional.of(new QueryResult.Failed(
                        Cause.PartialResponse, "the answer came with warnings, so it may be incomplete"))
                : Optional.empty();
    }

    /** Says no more than which of the documented kinds of error it was: the text is the server's, not ours to repeat. */
    private static QueryResult.Failed refused(String errorType) {
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
                case "result" -> result(json);
                default -> skip(json);
            }
        }
    }

    private void result(JsonParser json) throws IOException {
        expect(json.nextToken() == JsonToken.START_ARRAY);
        hasResult = true;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                // A scalar's result is [time, "value"]; its type, which may come later, says so.
                hasOther = true;
                json.skipChildren();
            } else if (excess().isPresent()) {
                json.skipChildren();
            } else {
                element(json);
            }
        }
    }

    /** Whether an element must be of the type that is due: until the type is known it may be. */
    final boolean isAsDue() {
        return resultType.isEmpty() || resultType.equals(due);
    }

    static Map<String, String> labels(JsonParser json) throws IOException {
        var labels = new HashMap<String, String>();
        expect(json.nextToken() == JsonToken.START_OBJECT);
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var name = json.currentName();
            labels.put(name, text(json));
        }
        return labels;
    }

    /** Reads the rest of {@code [time, "value"]}, whose array has been opened. */
    static RangeResult.Sample sample(JsonParser json) throws IOException {
        expect(json.nextToken().isNumeric());
        var at = Instant.ofEpochMilli(Math.round(json.getDoubleValue() * 1000));
        expect(json.nextToken() == JsonToken.VALUE_STRING);
        double value = number(json.getText());
        expect(json.nextToken() == JsonToken.END_ARRAY);
        return new RangeResult.Sample(at, value);
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

    static void skip(JsonParser json) throws IOException {
        json.nextToken();
        json.skipChildren();
    }

    static void expect(boolean documented) throws IOException {
        if (!documented) {
            throw new IOException("undocumented answer");
        }
    }
}
