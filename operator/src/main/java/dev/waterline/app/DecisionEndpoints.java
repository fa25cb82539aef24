package dev.waterline.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waterline.admission.Answer;
import dev.waterline.admission.Call;
import dev.waterline.admission.Route;
import dev.waterline.telemetry.DecisionJson;
import dev.waterline.telemetry.DecisionLog;
import dev.waterline.telemetry.DecisionQuery;
import java.net.URLDecoder;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** The decision log over HTTP: {@code GET /api/v1/decisions} with filters, {@code GET /api/v1/decisions/<id>}. */
final class DecisionEndpoints {
    static final String PATH = "/api/v1/decisions";

    private static final Set<String> FILTERS = Set.of("waterline", "node", "tier", "since", "limit");

    /** A full answer takes about a megabyte while it is written. */
    private static final int AT_ONCE = 4;

    private final DecisionLog decisions;
    private final Supplier<DecisionJson.Replica> replica;
    private final Semaphore places = new Semaphore(AT_ONCE);

    DecisionEndpoints(DecisionLog decisions, Supplier<DecisionJson.Replica> replica) {
        this.decisions = decisions;
        this.replica = replica;
    }

    List<Route> routes() {
        return List.of(
                Route.get(PATH, call -> inTurn(() -> list(call))),
                Route.get(PATH + "/", call -> inTurn(() -> one(call))));
    }

    private Answer inTurn(Supplier<Answer> answer) {
        if (!places.tryAcquire()) {
            return problem(503, AT_ONCE + " such requests are being answered already; try again.");
        }
        try {
            return answer.get();
        } finally {
            places.release();
        }
    }

    private Answer list(Call call) {
        try {
            return Answer.json(DecisionJson.page(decisions.find(query(call)), replica.get()));
        } catch (BadQueryException e) {
            return problem(400, String.valueOf(e.getMessage()));
        }
    }

    private Answer one(Call call) {
        var id = call.path().substring(PATH.length() + 1);
        return decisions
                .find(id)
                .map(decision -> Answer.json(DecisionJson.one(decision, replica.get())))
                .orElseGet(() -> problem(
                        404,
                        "This replica holds no such decision: it may be older than the last " + DecisionLog.CAPACITY
                                + ", or from before a restart, or another replica's."));
    }

    private static DecisionQuery query(Call call) throws BadQueryException {
        var given = parameters(call.query());
        for (var name : given.keySet()) {
            if (!FILTERS.contains(name)) {
                throw new BadQueryException(
                        "There is no parameter '" + name + "'; use waterline, node, tier, since, limit.");
            }
        }
        return new DecisionQuery(
                Optional.ofNullable(given.get("waterline")),
                Optional.ofNullable(given.get("node")),
                Optional.ofNullable(given.get("tier")),
                since(Optional.ofNullable(given.get("since"))),
                limit(Optional.ofNullable(given.get("limit"))));
    }

    private static Optional<Instant> since(Optional<String> text) throws BadQueryException {
        try {
            return text.map(Instant::parse);
        } catch (DateTimeException e) {
            throw new BadQueryException("since is no RFC 3339 time; write for example since=2026-07-01T18:00:00Z.");
        }
    }

    private static int limit(Optional<String> text) throws BadQueryException {
        if (text.isEmpty()) {
            return DecisionQuery.DEFAULT;
        }
        int limit = text.get().matches("[0-9]{1,6}") ? Integer.parseInt(text.get()) : 0;
        if (limit < 1 || limit > DecisionQuery.MOST) {
            throw new BadQueryException("limit must be a number from 1 to " + DecisionQuery.MOST + ".");
        }
        return limit;
    }

    private static Map<String, String> parameters(Optional<String> query) throws BadQueryException {
        var parameters = new HashMap<String, String>();
        for (var pair : query.map(text -> text.split("&")).orElseGet(() -> new String[0])) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            } else if (!pair.isEmpty()) {
                throw new BadQueryException("Each parameter needs a value, such as node=worker-1.");
            }
        }
        return parameters;
    }

    private static String decoded(String text) throws BadQueryException {
        try {
            // A plus stands for itself: it is part of a time with an offset more often than somebody's blank.
            return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
        } catch (IllegalArgumentException e) {
            throw new BadQueryException("The query is not percent-encoded as a URL must be.");
        }
    }

    private Answer problem(int status, String sentence) {
        return new Answer(status, "application/json", DecisionJson.problem(sentence, replica.get()));
    }

    private static final class BadQueryException extends Exception {
        private static final long serialVersionUID = 1L;

        BadQueryException(String sentence) {
            super(sentence);
        }
    }
}
