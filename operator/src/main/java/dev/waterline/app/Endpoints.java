package dev.waterline.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waterline.admission.Answer;
import dev.waterline.admission.Route;
import dev.waterline.telemetry.Health;
import dev.waterline.telemetry.Metrics;
import java.util.ArrayList;
import java.util.List;

/** What the plain server answers. */
final class Endpoints {
    private Endpoints() {}

    static List<Route> of(Metrics metrics, Health health, DecisionEndpoints decisions) {
        var routes = new ArrayList<Route>(decisions.routes());
        routes.addAll(List.of(
                Route.get("/metrics", call -> {
                    String type = Metrics.negotiate(call.accept());
                    return new Answer(200, type, metrics.scrape(type).getBytes(UTF_8));
                }),
                Route.get("/healthz", call -> Answer.text(200, "alive")),
                Route.get("/readyz", call -> {
                    Health.Report report = health.readiness();
                    return Answer.text(report.passed() ? 200 : 503, report.text());
                })));
        return routes;
    }
}
