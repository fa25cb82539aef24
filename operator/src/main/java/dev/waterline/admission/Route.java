package dev.waterline.admission;

import java.util.function.Function;

/**
 * What answers which requests.
 *
 * @param method the HTTP method
 * @param path the whole path, or what it must begin with if it ends with a slash
 * @param answers called on a virtual thread; may block
 */
public record Route(String method, String path, Function<Call, Answer> answers) {

    /** A route for GET. */
    public static Route get(String path, Function<Call, Answer> answers) {
        return new Route("GET", path, answers);
    }

    /** A route for POST. */
    public static Route post(String path, Function<Call, Answer> answers) {
        return new Route("POST", path, answers);
    }

    boolean matches(String requested) {
        return path.endsWith("/") ? requested.startsWith(path) : requested.equals(path);
    }
}
