package dev.waterline.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process occupies of this machine's memory, as Linux accounts for it.
 *
 * @param nowMiB resident now
 * @param peakMiB the most that it ever was
 */
record ResidentMemory(long nowMiB, long peakMiB) {
    static ResidentMemory of(long pid) {
        var status = Path.of("/proc", Long.toString(pid), "status");
        try {
            var text = Files.readString(status);
            return new ResidentMemory(mebibytes(text, "VmRSS"), mebibytes(text, "VmHWM"));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + status + "; memory is measured on Linux only", e);
        }
    }

    private static long mebibytes(String status, String field) {
        return status.lines()
                .filter(line -> line.startsWith(field + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }
}
