package dev.waterline.testbed.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads a growing audit log bit by bit. A line that is still being written waits for the next call. Not thread-safe. */
public final class AuditTail {
    private final List<Position> positions;

    AuditTail(List<Path> files) {
        positions = files.stream().map(Position::new).toList();
    }

    /** What was added since the last call (at first: everything), file by file, each in the order of completion. */
    public List<AuditRecord> next() {
        var records = new ArrayList<AuditRecord>();
        for (var position : positions) {
            position.read(records);
        }
        return records;
    }

    private static final class Position {
        private final Path file;
        private long offset;

        Position(Path file) {
            this.file = file;
        }

        void read(List<AuditRecord> records) {
            if (!Files.exists(file)) {
                return;
            }
            try (var log = new RandomAccessFile(file.toFile(), "r")) {
                log.seek(offset);
                var line = new ByteArrayOutputStream();
                var buffer = new byte[1 << 16];
                for (int length = log.read(buffer); length > 0; length = log.read(buffer)) {
                    int start = 0;
                    for (int i = 0; i < length; i++) {
                        if (buffer[i] == '\n') {
                            line.write(buffer, start, i - start);
                            offset += line.size() + 1L;
                            if (line.size() > 0) {
                                records.add(AuditLineParser.parse(line.toString(StandardCharsets.UTF_8)));
                            }
                            line.reset();
                            start = i + 1;
                        }
                    }
                    line.write(buffer, start, length - start);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot read the audit log " + file, e);
            }
        }
    }
}
