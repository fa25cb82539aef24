package dev.waterline.testbed.tools;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What pins a tool module: its go.mod and go.sum. */
record ModulePin(String goMod, String goSum) {

    static ModulePin read(Path module) {
        try {
            return new ModulePin(
                    Files.readString(module.resolve("go.mod")), Files.readString(module.resolve("go.sum")));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the pins in " + module, e);
        }
    }

    GoVersion needs() {
        return GoVersion.requiredBy(goMod);
    }

    /** Changes whenever the binaries might: with the pins, the flags, the compiler and the platform. */
    String cacheFolder(ToolModule module, GoToolchain go) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var part : new String[] {
                goMod,
                goSum,
                String.join("\n", module.buildFlags(goMod)),
                go.version().toString(),
                go.platform()
            }) {
                digest.update(part.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return module.directory() + "-" + HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
