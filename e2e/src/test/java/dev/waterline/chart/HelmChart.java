package dev.waterline.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.testbed.tools.Tool;
import dev.waterline.testbed.tools.ToolSources;
import dev.waterline.testbed.tools.Toolbox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Real Helm and the chart of the tree.
 *
 * @param helm the binary
 * @param folder for what commands print
 */
record HelmChart(String helm, Path folder) {
    static final String KUBERNETES = "1.37.2";

    static HelmChart in(Path folder) {
        var tools = Toolbox.standard(System.err::println).provide(Set.of(Tool.HELM));
        return new HelmChart(Objects.requireNonNull(tools.get(Tool.HELM)).toString(), folder);
    }

    RenderedChart render(String... values) throws IOException, InterruptedException {
        var outcome = run(with(values, "template", "--namespace", "waterline-system", "--kube-version", KUBERNETES));
        assertThat(outcome.code()).as(outcome.output()).isZero();
        return new RenderedChart(outcome.output());
    }

    static String[] with(String[] values, String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        Arrays.stream(values).forEach(value -> all.addAll(List.of("--set", value)));
        return all.toArray(String[]::new);
    }

    Command.Outcome run(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(helm));
        command.addAll(List.of(arguments));
        command.add(ToolSources.home().resolve("helm").resolve("waterline").toString());
        return Command.run(command, folder.resolve("helm.txt"));
    }

    /** What the operator says to these arguments and one more whose value is refused after all others were accepted. */
    String refusal(List<String> arguments) throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command =
                new ArrayList<>(List.of(java, "-cp", System.getProperty("java.class.path"), "dev.waterline.app.Main"));
        command.addAll(arguments);
        command.add("--kubeconfig=no-such-file");
        var outcome = Command.run(command, folder.resolve("operator.txt"));
        assertThat(outcome.code()).as(outcome.output()).isEqualTo(2);
        return outcome.output();
    }
}
