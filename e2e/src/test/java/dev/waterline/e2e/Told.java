package dev.waterline.e2e;

import dev.waterline.testbed.Testbed;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.util.List;

/** The operator's events, as people find them. */
final class Told {
    private Told() {}

    /** How many about an object of this name have this reason. */
    static long about(Testbed testbed, String name, String reason) {
        return events(testbed, name).stream()
                .filter(event -> reason.equals(event.getReason()))
                .count();
    }

    static List<String> notes(Testbed testbed, String name) {
        return events(testbed, name).stream().map(Event::getNote).toList();
    }

    private static List<Event> events(Testbed testbed, String name) {
        return testbed.client().events().v1().events().inNamespace("default").list().getItems().stream()
                .filter(event -> "waterline.dev/operator".equals(event.getReportingController())
                        && name.equals(event.getRegarding().getName()))
                .toList();
    }
}
