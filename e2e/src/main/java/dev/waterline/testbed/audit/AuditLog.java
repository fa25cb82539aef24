package dev.waterline.testbed.audit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The audit logs of all API servers of a testbed. The servers write a record before they finish the answer, so that
 * whoever has an answer finds it here.
 */
public final class AuditLog {
    private final List<Path> files;

    public AuditLog(List<Path> files) {
        this.files = List.copyOf(files);
    }

    /**
     * All requests answered so far, one server after the other, each in the order of completion; read as the stream is
     * consumed. Close the stream.
     */
    public Stream<AuditRecord> records() {
        return files.stream().filter(Files::exists).flatMap(AuditLog::records);
    }

    /** Successful, real Bindings to a node, answered from {@code from} (inclusive) to {@code to} (exclusive). */
    public List<AuditRecord> bindingsTo(String node, Instant from, Instant to) {
        return changes(
                from, to, record -> record.bindingTarget().filter(node::equals).isPresent());
    }

    /** Successful, real writes by a user, answered from {@code from} (inclusive) to {@code to} (exclusive). */
    public List<AuditRecord> writesBy(String user, Instant from, Instant to) {
        return changes(from, to, record -> record.user().equals(user));
    }

    /** A reader of its own, for whoever watches as it happens. */
    public AuditTail tail() {
        return new AuditTail(files);
    }

    private List<AuditRecord> changes(Instant from, Instant to, Predicate<AuditRecord> which) {
        try (var records = records()) {
            return records.filter(AuditRecord::changed)
                    .filter(record -> !record.completed().isBefore(from)
                            && record.completed().isBefore(to))
                    .filter(which)
                    .toList();
        }
    }

    private static Stream<AuditRecord> records(Path file) {
        try {
            var reader = Files.newBufferedReader(file);
            return StreamSupport.stream(new Lines(reader), false).onClose(() -> close(reader));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the audit log " + file, e);
        }
    }

    private static void close(BufferedReader reader) {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends before a last line that is still being written, which a reader of lines alone could not tell from a whole one. */
    private static final class Lines extends AbstractSpliterator<AuditRecord> {
        private final BufferedReader reader;

        Lines(BufferedReader reader) {
            super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
            this.reader = reader;
        }

        @Override
        public boolean tryAdvance(Consumer<? super AuditRecord> action) {
            try {
                var line = new StringBuilder(1024);
                for (int c = reader.read(); c >= 0; c = reader.read()) {
                    if (c == '\n') {
                        action.accept(AuditLineParser.parse(line.toString()));
                        return true;
                    }
                    line.append((char) c);
                }
                return false;
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot read an audit log", e);
            }
        }
    }
}
