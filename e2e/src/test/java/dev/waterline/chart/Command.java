package dev.waterline.chart;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a command to its end. */
public final class Command {
    private static final Duration WITHIN = Duration.ofSeconds(60);

    private Command() {}

    /**
     * How it ended.
     *
     * @param code the exit code
     * @param output all it printed, to either stream
     */
    public record Outcome(int code, String output) {}

    /** @param output a file for what it prints */
    public static Outcome run(List<String> command, Path output) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("Not done within " + WITHIN.toSeconds() + " s: " + command);
            }
            return new Outcome(process.exitValue(), Files.readString(output, UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }
}
