package dev.waterline.comparison;

/**
 * The same as its documentation has it: two samples in a row at or above freeze; two in a row below thaw once 300 s have passed
 * since the last time that it was triggered.
 */
final class CraneAsDocumented implements Machine {
    private static final int AVOIDANCE_THRESHOLD = 2;
    private static final int RESTORE_THRESHOLD = 2;
    private static final int COOL_DOWN = 30;

    private int above;
    private int below;
    private int sinceTriggered;
    private boolean frozen;

    @Override
    public boolean next(double ratio) {
        boolean hot = ratio >= LoadDay.HOT;
        above = hot ? above + 1 : 0;
        below = hot ? 0 : below + 1;
        sinceTriggered++;
        if (above >= AVOIDANCE_THRESHOLD) {
            frozen = true;
            sinceTriggered = 0;
        } else if (below >= RESTORE_THRESHOLD && sinceTriggered > COOL_DOWN) {
            frozen = false;
        }
        return frozen;
    }
}
