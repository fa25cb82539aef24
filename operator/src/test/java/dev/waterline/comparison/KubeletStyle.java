package dev.waterline.comparison;

/**
 * How the kubelet keeps its pressure conditions, which do not exist for CPU: true at once, and false when the threshold has not
 * been met for eviction-pressure-transition-period, 5 min.
 */
final class KubeletStyle implements Machine {
    private static final int TRANSITION = 30;

    private int sinceMet = TRANSITION;

    @Override
    public boolean next(double ratio) {
        sinceMet = ratio >= LoadDay.HOT ? 0 : Math.min(sinceMet + 1, TRANSITION);
        return sinceMet < TRANSITION;
    }
}
