package dev.waterline.testbed;

import java.util.List;

/**
 * Somebody whom the API servers know by a token.
 *
 * @param name by which tests and kubeconfig files call it
 * @param username as RBAC and the audit log have it
 * @param groups beside {@code system:authenticated}, which everybody is in
 * @param namespace the default namespace of its kubeconfig
 */
public record User(String name, String username, List<String> groups, String namespace) {
    public static final String ADMIN = "admin";
    public static final String OPERATOR = "operator";
    public static final String OPERATOR_NAMESPACE = "waterline-system";

    static final String CONTROLLER_MANAGER = "controller-manager";
    static final String SCHEDULER = "scheduler";
    static final String KWOK = "kwok";

    /** Those that every testbed knows. kwok is a master, since it plays kubelets that no RBAC role describes. */
    static final List<User> ALWAYS = List.of(
            new User(ADMIN, "waterline-testbed-admin", List.of("system:masters"), "default"),
            serviceAccount(OPERATOR, OPERATOR_NAMESPACE, "waterline-operator"),
            new User(CONTROLLER_MANAGER, "system:kube-controller-manager", List.of(), "kube-system"),
            new User(SCHEDULER, "system:kube-scheduler", List.of(), "kube-system"),
            new User(KWOK, "waterline-testbed-kwok", List.of("system:masters"), "default"));

    public User {
        if (!name.matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?")) {
            throw new IllegalArgumentException("name must be lower-case letters, digits and dashes, not " + name);
        }
        for (var text : List.of(username, namespace, String.join("", groups))) {
            if (text.isEmpty() ? text.equals(username) : text.matches("(?s).*[\",\\s].*")) {
                throw new IllegalArgumentException(
                        "user %s: no empty user name, and no quotes, commas or spaces in '%s'".formatted(name, text));
            }
        }
        groups = List.copyOf(groups);
    }

    /** A service account as RBAC sees it; the account need not exist. */
    public static User serviceAccount(String name, String namespace, String account) {
        return new User(
                name,
                "system:serviceaccount:" + namespace + ":" + account,
                List.of("system:serviceaccounts", "system:serviceaccounts:" + namespace),
                namespace);
    }
}
