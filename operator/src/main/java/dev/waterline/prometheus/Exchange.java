package dev.waterline.prometheus;

import dev.waterline.decision.reading.Reading.Cause;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * One question to one server, and its answer.
 *
 * <p>One deadline covers everything from waiting for a place to the last byte, so a server that answers byte by byte does not
 * outlast it. At most two questions per CPU are under way to one server; who comes first is served first.
 */
final class Exchange implements AutoCloseable {
    private static final int PLACES = 2 * Runtime.getRuntime().availableProcessors();
    private static final int MEBIBYTE = 1024 * 1024;

    /**
     * @param path of the API below the server's own
     * @param form the parameters, encoded
     * @param maxBody bytes; a longer answer is refused
     */
    record Question(URI server, String path, String form, Duration deadline, int maxBody) {
        HttpRequest request() {
            var base = server.toString();
            var root = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
            return HttpRequest.newBuilder(URI.create(root + path))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header("Accept", "application/json")
                    .timeout(deadline)
                    .POST(HttpRequest.BodyPublishers.ofString(form))
                    .build();
        }
    }

    /**
     * Reads a body that may carry an answer or a documented error.
     *
     * @param <R> what an answer is
     */
    @FunctionalInterface
    interface Reader<R> {
        R read(int httpStatus, byte[] body);
    }

    private final ServerAllowList allowed;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http;
    private final ConcurrentHashMap<String, Semaphore> places = new ConcurrentHashMap<>();

    Exchange(ServerAllowList allowed) {
        this.allowed = allowed;
        this.http = HttpClient.newBuilder()
                .executor(executor)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    /** @param failed makes the answer of a failure */
    <R> R ask(Question question, Reader<R> reader, Function<QueryResult.Failed, R> failed) {
        Future<R> answer = executor.submit(() -> ifAllowed(question, reader, failed));
        try {
            return answer.get(question.deadline().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            return failed.apply(tooLate(question));
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return failed.apply(new QueryResult.Failed(Cause.Timeout, "the operator is stopping"));
        } catch (CancellationException e) {
            return failed.apply(new QueryResult.Failed(Cause.Timeout, "the operator is stopping"));
        } catch (ExecutionException e) {
            throw new IllegalStateException("A query failed in a way that is a defect of the client", e.getCause());
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        executor.shutdownNow();
    }

    /** Whether the server may be asked takes a look into DNS, so that too counts into the deadline. */
    private <R> R ifAllowed(Question question, Reader<R> reader, Function<QueryResult.Failed, R> failed)
            throws InterruptedException {
        var refusal = allowed.refusal(question.server());
        return refusal.isPresent()
                ? failed.apply(new QueryResult.Failed(Cause.ServerNotAllowed, refusal.get()))
                : inItsPlace(question, reader, failed);
    }

    private <R> R inItsPlace(Question question, Reader<R> reader, Function<QueryResult.Failed, R> failed)
            throws InterruptedException {
        var place = places.computeIfAbsent(question.server().getAuthority(), _ -> new Semaphore(PLACES, true));
        place.acquire();
        try {
            return send(question, reader, failed);
        } catch (HttpTimeoutException e) {
            return failed.apply(tooLate(question));
        } catch (IOException e) {
            return failed.apply(new QueryResult.Failed(Cause.Unreachable, "the connection could not be made or broke"));
        } finally {
            place.release();
        }
    }

    private <R> R send(Question question, Reader<R> reader, Function<QueryResult.Failed, R> failed)
            throws IOException, InterruptedException {
        var response = http.send(question.request(), HttpResponse.BodyHandlers.ofInputStream());
        try (var body = response.body()) {
            int status = response.statusCode();
            // 400 and 422 carry a documented error in their body, 503 a documented one for time-outs.
            boolean documented = status == 200 || status == 400 || status == 422;
            if (!documented) {
                return failed.apply(
                        new QueryResult.Failed(Cause.HttpError, "the server answered with HTTP status " + status));
            }
            var bytes = body.readNBytes(question.maxBody() + 1);
            return bytes.length > question.maxBody()
                    ? failed.apply(new QueryResult.Failed(
                            Cause.BadResponse,
                            "the answer is larger than %d MiB; aggregate the query"
                                    .formatted(question.maxBody() / MEBIBYTE)))
                    : reader.read(status, bytes);
        }
    }

    private static QueryResult.Failed tooLate(Question question) {
        return new QueryResult.Failed(
                Cause.Timeout,
                "no complete answer within " + question.deadline().toMillis() + " ms");
    }
}
