package dev.waterline.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Finds the namespace that this process runs in. */
record OwnNamespace(Map<String, String> environment, Path serviceAccountFile) {
    static final String FALLBACK = "waterline-system";
    static final Path SERVICE_ACCOUNT_FILE = Path.of("/var/run/secrets/kubernetes.io/serviceaccount/namespace");

    /** {@code POD_NAMESPACE}, else the service account's namespace, else {@value #FALLBACK}. */
    String find() {
        String variable = environment.getOrDefault("POD_NAMESPACE", "").strip();
        if (!variable.isEmpty()) {
            return variable;
        }
        if (!Files.isReadable(serviceAccountFile)) {
            return FALLBACK;
        }
        try {
            return Files.readString(serviceAccountFile).strip();
        } catch (IOException e) {
            throw new InvalidOptionException("--namespace is not given and " + serviceAccountFile + " cannot be read ("
                    + e.getMessage() + "); give --namespace.");
        }
    }
}
