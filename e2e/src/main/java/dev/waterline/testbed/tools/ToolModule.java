package dev.waterline.testbed.tools;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The Go modules of {@code e2e/tools}, apart from each other because what they require differs. */
enum ToolModule {
    ETCD("etcd", ""),
    KUBERNETES("kubernetes", ""),
    KUBERNETES_1_33("kubernetes-1.33", ""),
    KWOK("kwok", ""),
    // Only static targets are scraped, and without service discovery the build needs a third of the time.
    PROMETHEUS("prometheus", "remove_all_sd"),
    HELM("helm", "");

    private static final Pattern KUBERNETES_VERSION =
            Pattern.compile("^\\s*(?:require )?k8s\\.io/kubernetes (v(\\d+)\\.(\\d+)\\S*)", Pattern.MULTILINE);

    private final String directory;
    private final String tags;

    ToolModule(String directory, String tags) {
        this.directory = directory;
        this.tags = tags;
    }

    String directory() {
        return directory;
    }

    /** Flags of {@code go build}; the version that Kubernetes reports of itself is the pinned one. */
    List<String> buildFlags(String goMod) {
        var flags = new ArrayList<String>();
        flags.add("-trimpath");
        if (!tags.isEmpty()) {
            flags.add("-tags=" + tags);
        }
        flags.add("-ldflags");
        flags.add(this == KUBERNETES || this == KUBERNETES_1_33 ? "-s -w" + kubernetesVersion(goMod) : "-s -w");
        return flags;
    }

    private String kubernetesVersion(String goMod) {
        var version = KUBERNETES_VERSION.matcher(goMod);
        if (!version.find()) {
            throw new IllegalStateException("e2e/tools/" + directory + "/go.mod does not require k8s.io/kubernetes");
        }
        var variable = " -X k8s.io/component-base/version.";
        return variable + "gitVersion=" + version.group(1) + variable + "gitMajor=" + version.group(2) + variable
                + "gitMinor=" + version.group(3);
    }
}
