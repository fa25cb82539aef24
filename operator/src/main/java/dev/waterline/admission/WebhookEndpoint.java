package dev.waterline.admission;

import java.net.URI;

/** How the API server reaches the webhooks. */
public sealed interface WebhookEndpoint {

    /**
     * Through a Service in the operator's own namespace.
     *
     * @param name the Service's name
     * @param port its port, 1…65535
     */
    record Service(String name, int port) implements WebhookEndpoint {}

    /**
     * Directly, without a Service.
     *
     * @param base {@code https://host[:port]}, without path, query and fragment
     */
    record Url(URI base) implements WebhookEndpoint {}
}
