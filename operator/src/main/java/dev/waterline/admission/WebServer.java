package dev.waterline.admission;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.server.handler.SizeLimitHandler;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * One listening port: HTTP/1.1 with keep-alive, plain or TLS. Bodies, headers, connections and idle times are bounded.
 *
 * <p>Plain requests run on virtual threads. Those that come by TLS are the API server's, and run on platform threads: it
 * waits for a second only, and virtual threads share a few carriers with everything else that the process computes, whose
 * turn does not end before it blocks. Platform threads get theirs from the kernel.
 */
public final class WebServer implements AutoCloseable {
    /**
     * A longer request body is answered with 413. The API server takes objects of 3 MiB, and a review that we did not read
     * would be one that lets the pod pass.
     */
    public static final int MAX_BODY_BYTES = 4 << 20;

    private static final int MAX_HEADER_BYTES = 16 << 10;
    private static final int MAX_CONNECTIONS = 1_000;

    /** More than there can be lookups at once, so that one is left for who needs none. */
    private static final int PLATFORM_THREADS = 128;

    private static final int READY_THREADS = 16;

    /** An API server keeps 25 idle connections and opens one for each request beyond; a refused one tries again after 1 s. */
    private static final int ACCEPT_QUEUE = 512;

    /** Longer than the 90 s after which the API server drops an idle connection: whoever sends should hang up. */
    private static final Duration IDLE = Duration.ofMinutes(2);

    private static final Duration DRAIN = Duration.ofSeconds(2);

    /** So long a connection on which nothing is said is kept while stopping; well below the time for all. */
    private static final Duration LINGER = Duration.ofMillis(200);

    private static final String STORE_PASSWORD = "in-memory";

    private final Server server;
    private final ServerConnector connector;
    private final SslContextFactory.@Nullable Server tls;

    private WebServer(
            InetSocketAddress address, List<Route> routes, SslContextFactory.@Nullable Server tls, String name) {
        this.tls = tls;
        QueuedThreadPool threads = tls == null ? onVirtualThreads(name) : onPlatformThreads();
        threads.setName(name);
        threads.setDaemon(true);
        server = new Server(threads);
        connector = connector(server, tls);
        connector.setHost(address.getHostString());
        connector.setPort(address.getPort());
        connector.setIdleTimeout(IDLE.toMillis());
        connector.setAcceptQueueSize(ACCEPT_QUEUE);
        connector.setShutdownIdleTimeout(LINGER.toMillis());
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, connector));
        SizeLimitHandler limit = new SizeLimitHandler(MAX_BODY_BYTES, -1);
        limit.setHandler(new RoutingHandler(routes));
        GracefulHandler graceful = new GracefulHandler();
        graceful.setHandler(limit);
        server.setHandler(graceful);
        server.setErrorHandler(new PlainErrors());
        server.setStopTimeout(DRAIN.toMillis());
    }

    /** A server without TLS. */
    public static WebServer plain(InetSocketAddress address, List<Route> routes) {
        return new WebServer(address, routes, null, "http");
    }

    /** A server that proves its name with an identity. */
    public static WebServer tls(InetSocketAddress address, List<Route> routes, TlsIdentity identity) {
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setKeyStore(keyStore(identity));
        tls.setKeyStorePassword(STORE_PASSWORD);
        return new WebServer(address, routes, tls, "webhook");
    }

    /**
     * Listens, and returns when it does.
     *
     * @throws IOException if the port cannot be had; the message names it
     */
    public void start() throws IOException {
        try {
            server.start();
        } catch (Exception e) {
            // Jetty declares Exception; whatever it was, the port does not serve.
            throw new IOException(
                    "Cannot listen on " + connector.getHost() + ":" + connector.getPort() + ": " + e.getMessage(), e);
        }
    }

    /** Whether requests are served now. */
    public boolean serving() {
        return connector.isRunning() && connector.getLocalPort() > 0;
    }

    /** The local port, also where 0 was asked for. */
    public int port() {
        return connector.getLocalPort();
    }

    /** Serves new connections with another identity; present ones go on with the old. */
    public void reload(TlsIdentity identity) {
        SslContextFactory.Server factory = tls;
        if (factory == null) {
            throw new IllegalStateException("A server without TLS has no identity");
        }
        try {
            factory.reload(ignored -> factory.setKeyStore(keyStore(identity)));
        } catch (Exception e) {
            // Jetty declares Exception. The old identity stays in use.
            throw new IllegalArgumentException("The new TLS identity cannot be served: " + e.getMessage(), e);
        }
    }

    /** Ends requests in flight, at most two seconds long, and closes the port. */
    @Override
    public void close() throws IOException {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IOException("The server on port " + connector.getPort() + " did not stop cleanly", e);
        }
    }

    private static QueuedThreadPool onVirtualThreads(String name) {
        QueuedThreadPool threads = new QueuedThreadPool(8, 2);
        threads.setVirtualThreadsExecutor(Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name(name + "-", 0).factory()));
        return threads;
    }

    private static QueuedThreadPool onPlatformThreads() {
        return new QueuedThreadPool(PLATFORM_THREADS, READY_THREADS);
    }

    private static ServerConnector connector(Server server, SslContextFactory.@Nullable Server tls) {
        HttpConfiguration http = new HttpConfiguration();
        http.setRequestHeaderSize(MAX_HEADER_BYTES);
        http.setSendServerVersion(false);
        HttpConnectionFactory plain = new HttpConnectionFactory(http);
        if (tls == null) {
            return new ServerConnector(server, 1, 1, plain);
        }
        // The API server checks our name against its own configuration; we need not check theirs of us.
        http.addCustomizer(new SecureRequestCustomizer(false));
        return new ServerConnector(server, 1, 1, new SslConnectionFactory(tls, plain.getProtocol()), plain);
    }

    private static KeyStore keyStore(TlsIdentity identity) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    "serving",
                    identity.key(),
                    STORE_PASSWORD.toCharArray(),
                    identity.chain().toArray(X509Certificate[]::new));
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("The TLS identity cannot be used: " + e.getMessage(), e);
        }
    }
}
