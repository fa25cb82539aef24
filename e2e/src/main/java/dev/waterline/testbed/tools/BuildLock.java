package dev.waterline.testbed.tools;

import dev.waterline.testbed.process.Deadline;
import dev.waterline.testbed.process.TestbedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Keeps two processes, or two threads of one, from building the same thing. The kernel frees it if the holder dies. */
final class BuildLock implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final FileChannel channel;

    private BuildLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * @param onWait told once if another one holds the lock
     * @throws TestbedException if it is still held at the deadline
     */
    static BuildLock acquire(Path file, Deadline deadline, Runnable onWait) {
        try {
            var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                onWait.run();
                if (!deadline.await(POLL, () -> tryLock(channel) != null)) {
                    channel.close();
                    throw new TestbedException(
                            "Another process still holds %s: wait until it has built the tools, or stop it."
                                    .formatted(file));
                }
            }
            return new BuildLock(channel);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot lock " + file, e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closing the channel frees the lock; the file stays, since removing it would let two holders in. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot release a build lock", e);
        }
    }
}
