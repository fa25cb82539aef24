package dev.waterline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documentation points to is there. */
class DocumentationTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path COMPLAINTS = ROOT.resolve("docs/complaints.md");
    private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^```.*?^```");
    private static final Pattern LINK = Pattern.compile("\\[([^]]*)]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.*)$");
    private static final Pattern TEST = Pattern.compile("`(\\w+)\\.(\\w+)`");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\|.*$");

    /** Of a page, to a place in the tree. */
    private record Link(Path page, String text, String target) {
        Path file() {
            var path = target.contains("#") ? target.substring(0, target.indexOf('#')) : target;
            return path.isEmpty() ? page : page.resolveSibling(path).normalize();
        }

        String anchor() {
            return target.contains("#") ? target.substring(target.indexOf('#') + 1) : "";
        }

        @Override
        public String toString() {
            return "%s: [%s](%s)".formatted(ROOT.relativize(page), text, target);
        }
    }

    @Test
    void everyLinkLeadsToAFileAndAHeadingThatAreThere() {
        var anchors = new HashMap<Path, Set<String>>();
        var dead = new ArrayList<Link>();
        for (var link : pages().stream()
                .flatMap(page -> links(page, read(page)).stream())
                .toList()) {
            boolean leads = Files.exists(link.file())
                    && (link.anchor().isEmpty()
                            || anchors.computeIfAbsent(link.file(), DocumentationTest::anchors)
                                    .contains(link.anchor()));
            if (!leads) {
                dead.add(link);
            }
        }
        assertThat(dead).as("links that lead nowhere").isEmpty();
    }

    @Test
    void everyTestThatAComplaintNamesIsInTheFileThatItLinksTo() {
        var missing = new ArrayList<Link>();
        for (var link : links(COMPLAINTS, read(COMPLAINTS))) {
            var named = TEST.matcher(link.text());
            if (named.matches()
                    && !(link.file().endsWith(named.group(1) + ".java") && isTest(link.file(), named.group(2)))) {
                missing.add(link);
            }
        }
        assertThat(missing).as("tests that are not there").isEmpty();
    }

    @Test
    void everyComplaintIsShownByATestOrAnsweredInTheDocs() {
        var numbers = new ArrayList<Integer>();
        var rows = ROW.matcher(read(COMPLAINTS));
        while (rows.find()) {
            numbers.add(Integer.valueOf(rows.group(1)));
            assertThat(links(COMPLAINTS, rows.group())).as(rows.group()).isNotEmpty();
        }
        assertThat(numbers).startsWith(1).contains(26).doesNotHaveDuplicates();
    }

    /** Between the method before it, which returns nothing either, and its name it is said to be a test. */
    private static boolean isTest(Path source, String method) {
        if (!Files.exists(source)) {
            return false;
        }
        var text = read(source);
        int name = text.indexOf("void " + method + "(");
        var annotations = name < 0 ? "" : text.substring(text.lastIndexOf("void ", name - 1) + 1, name);
        return annotations.contains("@Test") || annotations.contains("@ParameterizedTest");
    }

    private static List<Path> pages() {
        try (var docs = Files.walk(ROOT.resolve("docs"));
                var samples = Files.walk(ROOT.resolve("deploy"))) {
            return Stream.of(docs, samples, Stream.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")))
                    .flatMap(files -> files)
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Link> links(Path page, String text) {
        return LINK.matcher(CODE_BLOCK.matcher(text).replaceAll(""))
                .results()
                .map(match -> new Link(page, match.group(1), match.group(2)))
                .filter(link -> !link.target().matches("https?://.*"))
                .toList();
    }

    /** As GitHub makes them of headings: in lower case, without punctuation, with hyphens for spaces. */
    private static Set<String> anchors(Path page) {
        Map<String, Long> seen = HEADING.matcher(CODE_BLOCK.matcher(read(page)).replaceAll(""))
                .results()
                .map(match -> match.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.groupingBy(anchor -> anchor, Collectors.counting()));
        var anchors = new TreeSet<String>();
        seen.forEach((anchor, times) -> {
            anchors.add(anchor);
            for (int i = 1; i < times; i++) {
                anchors.add(anchor + "-" + i);
            }
        });
        return anchors;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
