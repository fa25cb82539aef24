package dev.waterline.testbed;

import dev.waterline.testbed.process.FileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The folder of one run, which only its user can read. It is locked as long as the JVM lives, so that a later run can tell
 * the folders of killed JVMs from those in use (also across containers that share a temporary folder, where process ids
 * mean nothing) and remove them.
 */
final class Workspace {
    private static final String PREFIX = "waterline-testbed-";
    private static final String LOCK = "in-use";
    private static final String KEPT = "kept";
    // A file lock belongs to the process: probing one of our own would give it up.
    private static final Set<Path> OF_THIS_JVM = ConcurrentHashMap.newKeySet();

    private final Path root;
    private final FileChannel lock;

    private Workspace(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    static Workspace create() {
        try {
            var temporary = Path.of(System.getProperty("java.io.tmpdir")).toRealPath();
            sweep(temporary);
            var root = Files.createTempDirectory(temporary, PREFIX);
            OF_THIS_JVM.add(root);
            var channel = FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                throw new IOException("A new folder is locked already: " + root);
            }
            Files.createDirectories(root.resolve("logs"));
            return new Workspace(root, channel);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make a folder for the testbed in java.io.tmpdir", e);
        }
    }

    Path root() {
        return root;
    }

    Path logs() {
        return root.resolve("logs");
    }

    Path log(String component) {
        return logs().resolve(component + ".log");
    }

    /** A folder of that name, made if it is not there. */
    Path folder(String name) {
        try {
            return Files.createDirectories(root.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path write(String name, String content) {
        try {
            return Files.writeString(root.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets go of the folder; deletes it unless it is to be kept. */
    void close(boolean keep) {
        try {
            if (keep) {
                write(KEPT, "The testbed was told to keep this folder. Delete it when you are done.\n");
            }
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (!keep) {
                FileTree.delete(root);
            }
            OF_THIS_JVM.remove(root);
        }
    }

    private static void sweep(Path temporary) throws IOException {
        try (var folders = Files.newDirectoryStream(temporary, PREFIX + "*")) {
            for (var folder : folders) {
                if (isAbandoned(folder)) {
                    FileTree.delete(folder);
                }
            }
        }
    }

    private static boolean isAbandoned(Path folder) {
        var file = folder.resolve(LOCK);
        if (OF_THIS_JVM.contains(folder) || !Files.isWritable(file) || Files.exists(folder.resolve(KEPT))) {
            return false;
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            return channel.tryLock() != null;
        } catch (IOException e) {
            // Somebody else is sweeping it, or it belongs to another user: theirs to remove.
            return false;
        }
    }
}
