package dev.waterline.app;

/** How the process ends, for scripts and supervisors. */
enum ExitCode {
    STOPPED(0),
    CANNOT_START(1),
    WRONG_OPTION(2),
    LEASE_LOST(3),
    ANOTHER_INSTALLATION(4);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
