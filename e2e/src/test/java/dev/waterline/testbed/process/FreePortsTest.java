package dev.waterline.testbed.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

final class FreePortsTest {
    @Test
    void noPortIsGivenTwice() {
        var ports = new FreePorts(bound -> 7, port -> true);
        assertThat(ports.draw()).isEqualTo(FreePorts.FIRST + 7);
        assertThat(ports.draw()).isEqualTo(FreePorts.FIRST + 8);
    }

    @Test
    void takenPortsAreSkippedBeyondTheEndOfTheRange() {
        int last = FreePorts.FIRST + FreePorts.COUNT - 1;
        var ports = new FreePorts(bound -> bound - 1, port -> port != last);
        assertThat(ports.draw()).isEqualTo(FreePorts.FIRST);
    }

    @Test
    void withoutAnyFreePortItSaysSo() {
        var ports = new FreePorts(bound -> 0, port -> false);
        assertThatThrownBy(ports::draw)
                .isInstanceOf(TestbedException.class)
                .hasMessageContaining("No free port left between 20000 and 29999");
    }

    @Test
    void aPortThatSomebodyListensOnIsNotFree() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(FreePorts.canBeBound(socket.getLocalPort())).isFalse();
        }
        assertThat(FreePorts.canBeBound(FreePorts.next())).isTrue();
    }
}
