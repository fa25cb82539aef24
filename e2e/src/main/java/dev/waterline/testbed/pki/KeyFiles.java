package dev.waterline.testbed.pki;

import java.nio.file.Path;

/** A certificate for 127.0.0.1 and localhost, good for servers and clients, and its key, as PEM files. */
public record KeyFiles(Path certificate, Path key) {}
