package dev.waterline.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A metric server that answers every query with the same series, and lets a test act in the very moment of a query: while it
 * waits for its answer, an evaluation is under way and has read its resource already.
 */
final class MetricGate implements AutoCloseable {
    /**
     * What to do in the course of one query.
     *
     * @param before done before the query is answered
     * @param after started once it has been
     */
    record Hook(Runnable before, Runnable after) {
        static final Hook NONE = new Hook(() -> {}, () -> {});
    }

    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicReference<Hook> next = new AtomicReference<>(Hook.NONE);
    private final String node;
    private volatile double value;

    /** @param node the label {@code node} of the one series */
    MetricGate(int port, String node) {
        this.node = node;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot listen on port " + port, e);
        }
        server.setExecutor(executor);
        server.createContext("/", this::answer);
        server.start();
    }

    void value(double next) {
        value = next;
    }

    /** For one query only. */
    void onNextQuery(Hook hook) {
        next.set(hook);
    }

    /** Whether the hook has been taken. */
    boolean isPassed() {
        return next.get().equals(Hook.NONE);
    }

    @Override
    public void close() {
        server.stop(0);
        executor.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            var hook = next.getAndSet(Hook.NONE);
            hook.before().run();
            var body =
                    """
                    {"status":"success","data":{"resultType":"vector","result":[{"metric":{"node":"%s"},"value":[%d,"%s"]}]}}""".formatted(node, Instant.now().getEpochSecond(), value).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.getResponseBody().flush();
            hook.after().run();
        }
    }
}
