package dev.waterline.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waterline.testbed.tools.ToolSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class ChartTest {
    private static final Path HOME = ToolSources.home();

    @Test
    void theChartCarriesTheCrdsOfTheTree() throws IOException {
        var tree = yaml(HOME.resolve("crds"));
        var chart = yaml(HOME.resolve("helm/waterline/files/crds"));

        assertThat(tree).isNotEmpty();
        assertThat(chart)
                .as("the chart's CRDs have drifted: run cp crds/*.yaml helm/waterline/files/crds/")
                .isEqualTo(tree);
    }

    private static Map<String, String> yaml(Path folder) throws IOException {
        var files = new TreeMap<String, String>();
        try (var paths = Files.newDirectoryStream(folder, "*.yaml")) {
            for (var path : paths) {
                files.put(path.getFileName().toString(), Files.readString(path));
            }
        }
        return files;
    }
}
