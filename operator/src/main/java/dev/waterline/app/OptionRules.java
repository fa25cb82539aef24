package dev.waterline.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the values of options that several commands have must be like. */
final class OptionRules {
    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern DNS_SUBDOMAIN =
            Pattern.compile("(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");

    /** Taints of these prefixes are Kubernetes' own; with such a key we would take them from nodes that need them. */
    private static final List<String> KUBERNETES =
            List.of("node.kubernetes.io", "node-role.kubernetes.io", "node.cloudprovider.kubernetes.io");

    private OptionRules() {}

    static boolean isDnsLabel(String text) {
        return DNS_LABEL.matcher(text).matches();
    }

    static String dnsLabel(String option, String name) {
        if (!isDnsLabel(name)) {
            throw new InvalidOptionException(option + " has the value '" + name
                    + "', which cannot be a namespace; use lower-case letters, digits and '-', at most 63.");
        }
        return name;
    }

    static String taintKey(String key) {
        int slash = key.indexOf('/');
        if (slash < 0
                || !DNS_SUBDOMAIN.matcher(key.substring(0, slash)).matches()
                || !NAME.matcher(key.substring(slash + 1)).matches()) {
            throw new InvalidOptionException("--taint-key is '" + key
                    + "', which is not a qualified name; give a DNS prefix, a slash and a name, such as"
                    + " example.org/waterline.");
        }
        if (KUBERNETES.contains(key.substring(0, slash))) {
            throw new InvalidOptionException("--taint-key is '" + key
                    + "', but taints with that prefix belong to Kubernetes; give a prefix of your own, such as"
                    + " example.org/waterline.");
        }
        return key;
    }

    static Optional<Path> kubeconfig(@Nullable Path file) {
        if (file != null && !Files.isReadable(file)) {
            throw new InvalidOptionException(
                    "--kubeconfig names '" + file + "', which cannot be read; check the path and its permissions.");
        }
        return Optional.ofNullable(file);
    }
}
