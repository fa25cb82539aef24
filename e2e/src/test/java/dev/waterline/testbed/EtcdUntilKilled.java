package dev.waterline.testbed;

import java.io.IOException;

/** A JVM that owns a small testbed, for a test to kill. Tells the port and the folder, then waits for its end of input. */
final class EtcdUntilKilled {
    private EtcdUntilKilled() {}

    public static void main(String[] arguments) throws IOException {
        try (var testbed = Testbed.start(TestbedOptions.etcdOnly(), progress -> {})) {
            System.out.println(testbed.etcd().port() + " " + testbed.directory());
            System.in.transferTo(System.out);
        }
    }
}
