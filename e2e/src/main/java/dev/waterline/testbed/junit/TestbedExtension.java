package dev.waterline.testbed.junit;

import dev.waterline.testbed.Testbed;
import dev.waterline.testbed.TestbedOptions;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.TestAbortedException;

/**
 * Starts a testbed when a test first asks for it, shares it among all classes of the run with equal options and closes it
 * when a class wants another, or at the end of the run. {@link ByTestbed} sees to it that none is started twice. After a failed test the logs are kept. Used by way of {@link WithTestbed}, or registered with
 * options that an annotation cannot say.
 */
public final class TestbedExtension
        implements ParameterResolver, TestExecutionExceptionHandler, LifecycleMethodExecutionExceptionHandler {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(TestbedExtension.class);

    private final @Nullable TestbedOptions options;

    /** For JUnit, which reads the options from {@link WithTestbed}. */
    public TestbedExtension() {
        this.options = null;
    }

    private TestbedExtension(TestbedOptions options) {
        this.options = options;
    }

    /** For a field with {@link org.junit.jupiter.api.extension.RegisterExtension}. */
    public static TestbedExtension with(TestbedOptions options) {
        return new TestbedExtension(options);
    }

    /** The testbed of an annotated class, for extensions that come after this one. Starts it if need be. */
    public static Testbed testbed(ExtensionContext context) {
        return shared(context).of(annotated(context));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Testbed.class;
    }

    @Override
    public Testbed resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return shared(context).of(key(context));
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        keepLogs(context, failure);
        throw failure;
    }

    @Override
    public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        keepLogs(context, failure);
        throw failure;
    }

    @Override
    public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        keepLogs(context, failure);
        throw failure;
    }

    @Override
    public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        keepLogs(context, failure);
        throw failure;
    }

    private void keepLogs(ExtensionContext context, Throwable failure) {
        var testbed = shared(context).started().get(key(context));
        if (testbed != null && !(failure instanceof TestAbortedException)) {
            testbed.keepLogs();
            context.publishReportEntry("testbed logs", testbed.logs().toString());
            System.out.println(context.getDisplayName() + " failed; the testbed's logs are kept in " + testbed.logs());
        }
    }

    private Key key(ExtensionContext context) {
        return options != null ? new Key(options, "") : annotated(context);
    }

    private static Key annotated(ExtensionContext context) {
        var annotation = AnnotationSupport.findAnnotation(context.getRequiredTestClass(), WithTestbed.class)
                .orElseThrow(() -> new ExtensionConfigurationException(
                        "TestbedExtension wants @WithTestbed on " + context.getRequiredTestClass()));
        return new Key(
                TestbedOptions.standard()
                        .withApiServers(annotation.apiServers())
                        .without(annotation.without()),
                annotation.group());
    }

    private static Shared shared(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Shared.class, type -> new Shared(new ConcurrentHashMap<>()), Shared.class);
    }

    private record Key(TestbedOptions options, String group) {}

    /** JUnit closes it with the root context, at the end of the run. */
    private record Shared(ConcurrentHashMap<Key, Testbed> started) implements AutoCloseable {
        /** At most one is up: an idle control plane takes a tenth of a core, and classes that share one run in a row. */
        synchronized Testbed of(Key key) {
            started.keySet().stream()
                    .filter(other -> !other.equals(key))
                    .toList()
                    .forEach(other ->
                            Objects.requireNonNull(started.remove(other)).close());
            return started.computeIfAbsent(key, absent -> Testbed.start(absent.options()));
        }

        @Override
        public void close() {
            started.values().forEach(Testbed::close);
        }
    }
}
