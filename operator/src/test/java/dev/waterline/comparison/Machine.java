package dev.waterline.comparison;

/** What decides, sample by sample, whether one node is frozen. */
@FunctionalInterface
interface Machine {

    /**
     * @param ratio utilisation, 0 to 1, ten seconds after the last
     * @return whether the node is frozen from now on
     */
    boolean next(double ratio);
}
