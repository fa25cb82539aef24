package dev.waterline.testbed.tools;

import dev.waterline.testbed.process.Deadline;
import dev.waterline.testbed.process.TestbedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/**
 * Keeps two processes, or two threads of one, from building the same thing. The kernel frees it if the holder dies.
 *
 * <p>Threads are kept apart by a semaphore first: a file lock belongs to the whole process, and closing any channel to
 * the file gives it up for all.
 */
final class BuildLock implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Map<Path, Semaphore> OF_THIS_JVM = new ConcurrentHashMap<>();

    private final FileChannel channel;
    private final Semaphore threads;

    private BuildLock(FileChannel channel, Semaphore threads) {
        this.channel = channel;
        this.threads = threads;
    }

    /**
     * @param onWait told if another one holds the lock
     * @throws TestbedException if it is still held at the deadline
     */
    static BuildLock acquire(Path file, Deadline deadline, Runnable onWait) {
        var threads = OF_THIS_JVM.computeIfAbsent(file.toAbsolutePath().normalize(), path -> new Semaphore(1));
        await(file, threads::tryAcquire, deadline, onWait);
        BuildLock lock;
        try {
            lock = new BuildLock(FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE), threads);
        } catch (IOException e) {
            threads.release();
            throw new UncheckedIOException("Cannot open " + file, e);
        }
        boolean held = false;
        try {
            await(file, lock::tryFile, deadline, onWait);
            held = true;
            return lock;
        } finally {
            if (!held) {
                lock.close();
            }
        }
    }

    private static void await(Path file, BooleanSupplier attempt, Deadline deadline, Runnable onWait) {
        if (attempt.getAsBoolean()) {
            return;
        }
        onWait.run();
        if (!deadline.await(POLL, attempt)) {
            throw new TestbedException(
                    "Another process still holds %s: wait until it has built the tools, or stop it.".formatted(file));
        }
    }

    private boolean tryFile() {
        try {
            return channel.tryLock() != null;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot lock a file of the tool cache", e);
        }
    }

    /** Closing the channel frees the lock; the file stays, since removing it would let two holders in. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot release a build lock", e);
        } finally {
            threads.release();
        }
    }
}
