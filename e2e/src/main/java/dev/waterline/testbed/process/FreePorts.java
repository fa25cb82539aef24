package dev.waterline.testbed.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;

/**
 * Picks loopback ports that nobody listens on.
 *
 * <p>They come from 20000–29999: below the ranges from which Linux (32768 up) and macOS (49152 up) take the source ports
 * of outgoing connections, which would otherwise now and then sit on a port between choice and use, and below the
 * NodePorts. No port is given out twice by one JVM. Another process may still take a port first; whoever starts a server
 * therefore checks that it is its own and else tries again with another port.
 */
public final class FreePorts {
    static final int FIRST = 20_000;
    static final int COUNT = 10_000;
    private static final FreePorts OF_THIS_JVM =
            new FreePorts(RandomGenerator.getDefault()::nextInt, FreePorts::canBeBound);

    private final IntUnaryOperator random;
    private final IntPredicate free;
    private final Set<Integer> given = new HashSet<>();

    FreePorts(IntUnaryOperator random, IntPredicate free) {
        this.random = random;
        this.free = free;
    }

    public static int next() {
        return OF_THIS_JVM.draw();
    }

    synchronized int draw() {
        int start = random.applyAsInt(COUNT);
        for (int i = 0; i < COUNT; i++) {
            int port = FIRST + (start + i) % COUNT;
            if (!given.contains(port) && free.test(port)) {
                given.add(port);
                return port;
            }
        }
        throw new TestbedException(
                "No free port left between %d and %d on the loopback interface: stop some of the servers there."
                        .formatted(FIRST, FIRST + COUNT - 1));
    }

    static boolean canBeBound(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(false);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
