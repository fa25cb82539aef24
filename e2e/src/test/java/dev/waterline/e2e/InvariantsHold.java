package dev.waterline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.observer.Observer;
import dev.waterline.testbed.junit.TestbedExtension;
import java.util.Objects;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Observes for as long as the tests of a class run. */
final class InvariantsHold implements BeforeAllCallback, AfterAllCallback {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(InvariantsHold.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getStore(NAMESPACE).put(Observer.class, Observer.of(TestbedExtension.testbed(context)));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        try (var observer =
                Objects.requireNonNull(context.getStore(NAMESPACE).remove(Observer.class, Observer.class))) {
            var violations = observer.violations();
            if (!violations.isEmpty()) {
                TestbedExtension.testbed(context).keepLogs();
            }
            assertThat(violations).as("promises broken meanwhile").isEmpty();
        }
    }
}
