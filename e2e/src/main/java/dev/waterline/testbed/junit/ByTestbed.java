package dev.waterline.testbed.junit;

import java.util.Arrays;
import java.util.Comparator;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;

/** Runs the classes that share a testbed one after the other, and those without one first. */
public final class ByTestbed implements ClassOrderer {
    @Override
    public void orderClasses(ClassOrdererContext context) {
        context.getClassDescriptors()
                .sort(Comparator.comparing(ByTestbed::testbed)
                        .thenComparing(descriptor -> descriptor.getTestClass().getName()));
    }

    private static String testbed(ClassDescriptor descriptor) {
        return descriptor
                .findAnnotation(WithTestbed.class)
                .map(wants -> "%d %s %s".formatted(wants.apiServers(), Arrays.toString(wants.without()), wants.group()))
                .orElse("");
    }
}
