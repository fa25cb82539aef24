package dev.waterline.comparison;

/** What a machine has done to a pool in a day, in samples of one node. */
final class Score {
    private long samples;
    private long hot;
    private long frozen;
    private long hotNotFrozen;
    private long frozenNotHot;
    private long flips;

    /**
     * @param ratios of one node
     * @param frozen whether it was frozen from each sample on
     */
    void add(double[] ratios, boolean[] frozen) {
        boolean before = false;
        for (int i = 0; i < ratios.length; i++) {
            boolean isHot = ratios[i] >= LoadDay.HOT;
            samples++;
            hot += isHot ? 1 : 0;
            this.frozen += frozen[i] ? 1 : 0;
            hotNotFrozen += isHot && !frozen[i] ? 1 : 0;
            frozenNotHot += frozen[i] && !isHot ? 1 : 0;
            flips += frozen[i] == before ? 0 : 1;
            before = frozen[i];
        }
    }

    /** Changes of state, freezes and thaws, of a node in a day. */
    double flipsPerNodeDay(LoadDay day) {
        return (double) flips / day.nodes();
    }

    double frozenPercent() {
        return 100.0 * frozen / samples;
    }

    /** Of the time in which it was hot. */
    double hotNotFrozenPercent() {
        return 100.0 * hotNotFrozen / hot;
    }

    /** Of all time. */
    double frozenNotHotPercent() {
        return 100.0 * frozenNotHot / samples;
    }

    double hotPercent() {
        return 100.0 * hot / samples;
    }
}
