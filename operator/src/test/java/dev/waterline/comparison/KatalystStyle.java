package dev.waterline.comparison;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Katalyst's load pressure: a sample each half minute into a ring of ten, under pressure while 80 % of the ring are at or above
 * the threshold, and for five minutes after.
 */
final class KatalystStyle implements Machine {
    private static final int PERIOD = 3;
    private static final int RING = 10;
    private static final int MET = 8;
    private static final int TRANSITION = 30;

    private final Deque<Boolean> ring = new ArrayDeque<>();
    private int sinceSample;
    private int sinceMet = TRANSITION;

    @Override
    public boolean next(double ratio) {
        sinceMet = Math.min(sinceMet + 1, TRANSITION);
        if (++sinceSample == PERIOD) {
            sinceSample = 0;
            ring.addLast(ratio >= LoadDay.HOT);
            if (ring.size() > RING) {
                ring.removeFirst();
            }
        }
        if (ring.stream().filter(hot -> hot).count() >= MET) {
            sinceMet = 0;
        }
        return sinceMet < TRANSITION;
    }
}
