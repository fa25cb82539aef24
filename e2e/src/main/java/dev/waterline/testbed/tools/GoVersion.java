package dev.waterline.testbed.tools;

import java.util.Comparator;
import java.util.regex.Pattern;

/** A release of Go; a release candidate counts as its release. */
record GoVersion(int major, int minor, int patch) implements Comparable<GoVersion> {
    private static final Pattern VERSION = Pattern.compile("(?:go)?(\\d+)\\.(\\d+)(?:\\.(\\d+))?.*");
    private static final Pattern GO_LINE = Pattern.compile("^go (\\S+)$", Pattern.MULTILINE);

    /** Reads {@code go1.26.8}, {@code 1.26}, {@code go1.27rc1} and vendors' variants such as {@code go1.26.8 X:foo}. */
    static GoVersion parse(String text) {
        var version = VERSION.matcher(text.strip());
        if (!version.matches()) {
            throw new IllegalArgumentException("Not a version of Go: " + text);
        }
        var patch = version.group(3);
        return new GoVersion(
                Integer.parseInt(version.group(1)),
                Integer.parseInt(version.group(2)),
                patch == null ? 0 : Integer.parseInt(patch));
    }

    /** The {@code go} line of a go.mod: the oldest Go that may build the module. */
    static GoVersion requiredBy(String goMod) {
        var line = GO_LINE.matcher(goMod);
        if (!line.find()) {
            throw new IllegalArgumentException("The go.mod has no go line");
        }
        return parse(line.group(1));
    }

    @Override
    public int compareTo(GoVersion other) {
        return Comparator.comparingInt(GoVersion::major)
                .thenComparingInt(GoVersion::minor)
                .thenComparingInt(GoVersion::patch)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
