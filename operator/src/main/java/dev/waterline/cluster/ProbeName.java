package dev.waterline.cluster;

import java.util.regex.Pattern;

/**
 * The node name that stands in the guard's list only to be denied: a dry-run Binding to it shows which generation of the
 * configuration an API server enforces.
 */
public final class ProbeName {
    private static final Pattern PROBE = Pattern.compile("^probe-\\d+$");

    private ProbeName() {}

    public static String of(long generation) {
        return "probe-" + generation;
    }

    public static boolean isProbe(String node) {
        return PROBE.matcher(node).matches();
    }
}
