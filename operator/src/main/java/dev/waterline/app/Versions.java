package dev.waterline.app;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** Reads the version that the build wrote into the jar's manifest. */
final class Versions implements IVersionProvider {

    static String operator() {
        return Objects.requireNonNullElse(Versions.class.getPackage().getImplementationVersion(), "unpackaged");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"waterline-operator " + operator(), "Java " + Runtime.version()};
    }
}
