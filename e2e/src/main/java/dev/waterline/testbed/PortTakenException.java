package dev.waterline.testbed;

import dev.waterline.testbed.process.TestbedException;

/** Somebody else took a port between its choice and its use: another one will do. */
final class PortTakenException extends TestbedException {
    private static final long serialVersionUID = 1L;

    PortTakenException(String message) {
        super(message);
    }
}
