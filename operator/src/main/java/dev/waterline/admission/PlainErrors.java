package dev.waterline.admission;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers what the server itself refuses with one line of text: no stack trace, no markup, nothing of the request. */
final class PlainErrors implements Request.Handler {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
        String text = HttpStatus.getMessage(response.getStatus()) + "\n";
        response.write(true, ByteBuffer.wrap(text.getBytes(UTF_8)), callback);
        return true;
    }
}
