package dev.waterline.testbed.junit;

import dev.waterline.testbed.Part;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Lets a test class have a {@link dev.waterline.testbed.Testbed} as parameter. Classes that ask for the same share one;
 * they keep out of each other's way by namespaces and node names of their own.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(TestbedExtension.class)
public @interface WithTestbed {
    /** How many API servers on one etcd. */
    int apiServers() default 1;

    /** What to leave out. */
    Part[] without() default {};

    /**
     * Any text: classes share a testbed only within the same group. For tests that break components or leave the cluster
     * in a state that others should not see.
     */
    String group() default "";
}
