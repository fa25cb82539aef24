package dev.waterline.testbed;

import dev.waterline.testbed.tools.ToolSources;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How to start an operator.
 *
 * @param name of the process and its log file
 * @param classPath as for {@code java -cp}
 * @param mainClass of the program
 * @param arguments of the program, all of them
 * @param environment added to this JVM's
 * @param jvmArguments e.g. {@code -XX:+UseSerialGC}
 * @param healthPort where the operator serves {@code /readyz} on 127.0.0.1; the arguments must tell it so
 * @param readyWithin from start to ready
 */
public record OperatorLaunch(
        String name,
        String classPath,
        String mainClass,
        List<String> arguments,
        Map<String, String> environment,
        List<String> jvmArguments,
        int healthPort,
        Duration readyWithin) {
    private static final String MAIN_CLASS = "dev.waterline.app.Main";
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);

    public OperatorLaunch {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
        jvmArguments = List.copyOf(jvmArguments);
    }

    /** The operator that this source tree has built, {@code operator/target/waterline-operator.jar}. */
    public static OperatorLaunch ofBuiltJar(String name, int healthPort, List<String> arguments) {
        return new OperatorLaunch(
                name,
                classPath(ToolSources.home().resolve("operator").resolve("target")),
                MAIN_CLASS,
                arguments,
                Map.of(),
                List.of(),
                healthPort,
                READY_WITHIN);
    }

    public OperatorLaunch withEnvironment(Map<String, String> variables) {
        return new OperatorLaunch(
                name, classPath, mainClass, arguments, variables, jvmArguments, healthPort, readyWithin);
    }

    public OperatorLaunch withJvmArguments(List<String> options) {
        return new OperatorLaunch(name, classPath, mainClass, arguments, environment, options, healthPort, readyWithin);
    }

    public OperatorLaunch withReadyWithin(Duration within) {
        return new OperatorLaunch(name, classPath, mainClass, arguments, environment, jvmArguments, healthPort, within);
    }

    private static String classPath(Path target) {
        return target.resolve("waterline-operator.jar")
                + File.pathSeparator
                + target.resolve("lib").resolve("*");
    }
}
