package dev.waterline.app;

import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of {@code thaw-if-dead}. */
@Command(
        name = ThawIfDeadOptions.NAME,
        sortOptions = false,
        usageHelpWidth = 110,
        mixinStandardHelpOptions = true,
        versionProvider = Versions.class,
        header = "Thaws every node if no operator has led for long.",
        description = {
            "",
            "Looks at the operator's Lease. If its last sign of life is older than --after, and the Lease then stands"
                    + " still for its own duration, removes the webhooks and the taint and annotation of every node, and"
                    + " gives throttled pods their CPU limits back. Otherwise it does nothing. An operator that comes"
                    + " back freezes anew what is hot then.%n"
        },
        footer = {"", "Exit codes: 0 alive, or thawed; 1 something is left, the log says what; 2 an option is wrong."})
interface ThawIfDeadOptions {
    String NAME = "thaw-if-dead";

    @Option(
            order = 0,
            names = "--after",
            defaultValue = "10m",
            paramLabel = "<duration>",
            description = "How long the operator must have been silent; at least 1m. Default: ${DEFAULT-VALUE}."
                    + " [WATERLINE_AFTER]")
    Duration after();
}
