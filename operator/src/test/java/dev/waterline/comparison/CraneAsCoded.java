package dev.waterline.comparison;

/**
 * Crane's anomaly analyzer with avoidanceThreshold 2 and restoreThreshold 2, as its issue 894 and pull request 934 describe what
 * the code does: the restore fires once, as soon as two samples are below, which is inside of the cool-down of 300 s; it is not
 * carried out then, and never tried again.
 */
final class CraneAsCoded implements Machine {
    private static final int AVOIDANCE_THRESHOLD = 2;
    private static final int RESTORE_THRESHOLD = 2;
    private static final int COOL_DOWN = 30;

    private int triggered;
    private int restored;
    private int sinceTriggered;
    private boolean frozen;

    @Override
    public boolean next(double ratio) {
        sinceTriggered++;
        if (ratio >= LoadDay.HOT) {
            restored = 0;
            triggered = Math.min(triggered + 1, AVOIDANCE_THRESHOLD);
            if (triggered == AVOIDANCE_THRESHOLD) {
                frozen = true;
                sinceTriggered = 0;
            }
        } else {
            restored = Math.min(restored + 1, RESTORE_THRESHOLD);
            if (triggered == AVOIDANCE_THRESHOLD && restored == RESTORE_THRESHOLD) {
                triggered = 0;
                frozen = frozen && sinceTriggered <= COOL_DOWN;
            }
        }
        return frozen;
    }
}
