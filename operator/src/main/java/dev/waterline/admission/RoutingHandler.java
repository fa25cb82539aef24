package dev.waterline.admission;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the route of a request, reads it whole, and writes the answer. */
final class RoutingHandler extends Handler.Abstract {
    private static final Logger log = LoggerFactory.getLogger(RoutingHandler.class);

    private final List<Route> routes;

    RoutingHandler(List<Route> routes) {
        this.routes = List.copyOf(routes);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = Request.getPathInContext(request);
        byte[] body = BufferUtil.toArray(Content.Source.asByteBuffer(request));
        Answer answer = answer(
                request.getMethod(),
                new Call(
                        path,
                        Optional.ofNullable(request.getHttpURI().getQuery()),
                        request.getHeaders().get(HttpHeader.ACCEPT),
                        body,
                        request.getBeginNanoTime()));
        response.setStatus(answer.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.contentType());
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, answer.body().length);
        response.write(true, ByteBuffer.wrap(answer.body()), callback);
        return true;
    }

    private Answer answer(String method, Call call) {
        List<Route> byPath =
                routes.stream().filter(route -> route.matches(call.path())).toList();
        if (byPath.isEmpty()) {
            return Answer.text(404, "Nothing is served at " + call.path() + ".");
        }
        return byPath.stream()
                .filter(route -> route.method().equals(method))
                .findFirst()
                .map(route -> answer(route, call))
                .orElseGet(() -> Answer.text(
                        405, call.path() + " answers " + byPath.getFirst().method() + " only."));
    }

    private static Answer answer(Route route, Call call) {
        try {
            return route.answers().apply(call);
        } catch (RuntimeException e) {
            // The edge: whatever went wrong inside is for our log, not for whoever asked.
            log.error("{} {} failed", route.method(), call.path(), e);
            return Answer.text(500, "Server Error");
        }
    }
}
