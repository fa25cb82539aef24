package dev.waterline.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The table in the documentation is what the machines do. */
class PeerComparisonTest {
    private static final Path PAGE = Path.of("../docs/comparison.md");
    private static final String BEGIN = "<!-- begin: generated -->\n";
    private static final String END = "<!-- end: generated -->";
    private static final String COMMAND = "mvn -pl operator -am test -Dtest=PeerComparisonTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dcomparison.update";

    @Test
    void theTableInTheDocsIsWhatTheMachinesDo() throws IOException {
        var page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        var table = PeerComparison.table();
        if (System.getProperty("comparison.update") != null) {
            System.out.println(table);
            page = page.substring(0, begin) + table + page.substring(end);
            Files.writeString(PAGE, page);
            end = begin + table.length();
        }

        assertThat(page.substring(begin, end))
                .as("%s has drifted from what the machines do: run %s", PAGE.normalize(), COMMAND)
                .isEqualTo(table);
    }
}
