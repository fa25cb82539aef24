package dev.waterline.testbed;

import dev.waterline.testbed.pki.CertificateAuthority;
import dev.waterline.testbed.process.SupervisedProcess;
import dev.waterline.testbed.process.TestbedException;
import dev.waterline.testbed.tools.Tool;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What all components of one run share: its folder, authority, identities, binaries and options. */
record RunContext(
        TestbedOptions options,
        Workspace workspace,
        CertificateAuthority authority,
        Map<String, Identity> identities,
        Map<Tool, Path> tools,
        Probe probe) {

    static Map<String, Identity> newIdentities(List<User> extra) {
        var random = new SecureRandom();
        var identities = new LinkedHashMap<String, Identity>();
        for (var users : List.of(User.ALWAYS, extra)) {
            for (var user : users) {
                var secret = new byte[16];
                random.nextBytes(secret);
                if (identities.put(
                                user.name(), new Identity(user, HexFormat.of().formatHex(secret)))
                        != null) {
                    throw new IllegalArgumentException("users has two of the name " + user.name());
                }
            }
        }
        return identities;
    }

    Identity identity(String name) {
        var identity = identities.get(name);
        if (identity == null) {
            throw new IllegalArgumentException("No user '%s' here; there are %s".formatted(name, identities.keySet()));
        }
        return identity;
    }

    /** Writes, or writes again, the kubeconfig of a user for one server. */
    Path kubeconfig(String user, ApiServer server) {
        workspace.folder("kubeconfigs");
        return workspace.write(
                "kubeconfigs/" + user + "-" + server.name() + ".yaml",
                Kubeconfig.of(server.uri(), authority.pem(), identity(user)));
    }

    SupervisedProcess.Launch launch(Tool tool, String name, List<String> arguments) {
        var binary = tools.get(tool);
        if (binary == null) {
            throw new TestbedException(tool.fileName() + " was not provided to this testbed.");
        }
        var command = new java.util.ArrayList<>(List.of(binary.toString()));
        command.addAll(arguments);
        return new SupervisedProcess.Launch(name, command, Map.of(), workspace.root(), workspace.log(name));
    }

    static URI loopback(String scheme, int port, String path) {
        return URI.create(scheme + "://127.0.0.1:" + port + path);
    }
}
