package dev.waterline.app;

import picocli.CommandLine.Command;

/** The command line of {@code uninstall}. */
@Command(
        name = UninstallOptions.NAME,
        sortOptions = false,
        usageHelpWidth = 110,
        mixinStandardHelpOptions = true,
        versionProvider = Versions.class,
        header = "Takes everything of Waterline's out of a cluster but the chart's own objects.",
        description = {
            "",
            "Stops the operator's Deployment, waits until nobody leads, and removes webhooks, the taint and the"
                    + " annotation of every node, gives throttled pods their CPU limits back, and removes the policy"
                    + " that adds tolerations and the finalizers of PriorityWaterlines, in this order. The chart runs it before it goes. It can be repeated, and"
                    + " needs no operator.%n"
        },
        footer = {"", "Exit codes: 0 nothing is left; 1 something is, the log says what; 2 an option is wrong."})
interface UninstallOptions {
    String NAME = "uninstall";
}
