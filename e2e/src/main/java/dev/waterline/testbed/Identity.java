package dev.waterline.testbed;

/**
 * A user of one testbed.
 *
 * @param token secret, though worth nothing after the run
 */
public record Identity(User user, String token) {

    /** A line of the API server's static token file. */
    String tokenFileLine() {
        return "%s,%s,%s,\"%s\"".formatted(token, user.username(), user.name(), String.join(",", user.groups()));
    }

    @Override
    public String toString() {
        return "Identity[" + user + "]";
    }
}
