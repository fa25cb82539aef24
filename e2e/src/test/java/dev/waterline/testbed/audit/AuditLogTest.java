package dev.waterline.testbed.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditLogTest {
    private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void aBindingIsReadWithItsTarget() {
        var record = AuditLineParser.parse(binding("node-1", 201, NOON, ""));
        assertThat(record.isBinding()).isTrue();
        assertThat(record.changed()).isTrue();
        assertThat(record.bindingTarget()).contains("node-1");
        assertThat(record.verb()).isEqualTo("create");
        assertThat(record.user()).isEqualTo("system:kube-scheduler");
        assertThat(record.namespace()).isEqualTo("batch");
        assertThat(record.name()).isEqualTo("pod-a");
        assertThat(record.completed()).isEqualTo(NOON);
        assertThat(record.latency()).isEqualTo(Duration.ofMillis(4));
    }

    @Test
    void aDryRunAndARefusalChangeNothing() {
        assertThat(AuditLineParser.parse(binding("node-1", 201, NOON, "?dryRun=All"))
                        .dryRun())
                .isTrue();
        assertThat(AuditLineParser.parse(binding("node-1", 201, NOON, "?dryRun=All"))
                        .changed())
                .isFalse();
        assertThat(AuditLineParser.parse(binding("node-1", 403, NOON, "")).changed())
                .isFalse();
    }

    @Test
    void whoeverIsImpersonatedIsTheUser() {
        var line = binding("node-1", 201, NOON, "")
                .replace("\"verb\"", "\"impersonatedUser\":{\"username\":\"tenant\"},\"verb\"");
        assertThat(AuditLineParser.parse(line).user()).isEqualTo("tenant");
    }

    @Test
    void aRequestThatIsForNoResourceHasEmptyFields() {
        var record = AuditLineParser.parse("""
                {"kind":"Event","auditID":"a","stage":"ResponseComplete","requestURI":"/readyz","verb":"get",\
                "user":{"username":"x"},"requestReceivedTimestamp":"2026-05-04T12:00:00.000000Z",\
                "stageTimestamp":"2026-05-04T12:00:00.000500Z"}""");
        assertThat(record.resource()).isEmpty();
        assertThat(record.code()).isZero();
        assertThat(record.bindingTarget()).isEmpty();
    }

    @Test
    void onlySuccessfulBindingsToTheNodeInThePeriodAreFound() throws IOException {
        var one = write(
                "one",
                binding("node-1", 201, NOON.minusMillis(1), ""),
                binding("node-1", 201, NOON, ""),
                binding("node-1", 403, NOON.plusMillis(1), ""),
                binding("node-2", 201, NOON.plusMillis(1), ""));
        var two = write(
                "two",
                binding("node-1", 201, NOON.plusSeconds(1), ""),
                binding("node-1", 201, NOON.plusSeconds(2), ""));
        var log = new AuditLog(List.of(one, two, folder.resolve("not-there-yet")));

        assertThat(log.bindingsTo("node-1", NOON, NOON.plusSeconds(2)))
                .extracting(AuditRecord::completed)
                .containsExactly(NOON, NOON.plusSeconds(1));
        assertThat(log.writesBy("system:kube-scheduler", NOON, NOON.plusMillis(2)))
                .hasSize(2);
        assertThat(log.writesBy("somebody", NOON, NOON.plusMillis(2))).isEmpty();
    }

    @Test
    void aLineThatIsStillBeingWrittenIsNotRead() throws IOException {
        var whole = binding("node-1", 201, NOON, "");
        var file = Files.writeString(folder.resolve("log"), whole + "\n" + whole.substring(0, 40));
        var log = new AuditLog(List.of(file));
        var tail = log.tail();
        try (var records = log.records()) {
            assertThat(records).hasSize(1);
        }
        assertThat(tail.next()).hasSize(1);
        assertThat(tail.next()).isEmpty();

        Files.writeString(file, whole.substring(40) + "\n" + whole + "\n", StandardOpenOption.APPEND);

        assertThat(tail.next()).hasSize(2).allMatch(AuditRecord::isBinding);
        assertThat(tail.next()).isEmpty();
    }

    @Test
    void aTailReadsLinesLongerThanItsBuffer() throws IOException {
        var pad = "x".repeat(100_000);
        var file = write("long", binding("node-1", 201, NOON, "?pad=" + pad), binding("node-2", 201, NOON, ""));
        assertThat(new AuditLog(List.of(file)).tail().next())
                .extracting(record -> record.bindingTarget().orElseThrow())
                .containsExactly("node-1", "node-2");
    }

    @Test
    void whatIsNoAuditEventIsRefused() {
        assertThatThrownBy(() -> AuditLineParser.parse("{\"kind\":\"Pod\"}"))
                .hasMessageStartingWith("Not an audit event");
        assertThatThrownBy(() -> AuditLineParser.parse("{")).hasMessageStartingWith("Not a line of an audit log");
    }

    private Path write(String name, String... lines) throws IOException {
        return Files.write(folder.resolve(name), List.of(lines));
    }

    private static String binding(String node, int code, Instant completed, String query) {
        return """
                {"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"Request","auditID":"0e5b","stage":"ResponseComplete",\
                "requestURI":"/api/v1/namespaces/batch/pods/pod-a/binding%s","verb":"create",\
                "user":{"username":"system:kube-scheduler","groups":["system:authenticated"]},"sourceIPs":["127.0.0.1"],\
                "userAgent":"kube-scheduler/v1.37.2","objectRef":{"resource":"pods","namespace":"batch","name":"pod-a",\
                "apiVersion":"v1","subresource":"binding"},"responseStatus":{"metadata":{},"code":%d},\
                "requestObject":{"kind":"Binding","apiVersion":"v1","metadata":{"name":"pod-a"},\
                "target":{"kind":"Node","name":"%s"}},"requestReceivedTimestamp":"%s","stageTimestamp":"%s"}""".formatted(query, code, node, completed.minusMillis(4), completed);
    }
}
