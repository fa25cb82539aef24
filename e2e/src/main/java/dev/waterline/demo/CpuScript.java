package dev.waterline.demo;

/**
 * How busy each node is at each moment of the settlement story; pure.
 *
 * <p>A third of the nodes climbs to about 89 %, dips once into the band between the two waterlines, where nothing may
 * happen, and falls. Another third climbs to just below the waterline. All wobble a little.
 */
final class CpuScript {
    private static final double CALM = 0.56;
    private static final double CALM_WOBBLE = 0.05;
    private static final double NEAR_MISS = 0.79;
    private static final double HOT = 0.89;
    private static final double IN_THE_BAND = 0.785;
    private static final double WOBBLE = 0.01;
    private static final double CLIMB_SECONDS = 8;
    private static final double FALL_SECONDS = 4;
    private static final int STAGGERED_BY = 4;
    private static final double DIP_FROM = 16;
    private static final double DIP_UNTIL = 20;

    private CpuScript() {}

    /** Whether the node of that index is of the third that gets hot. */
    static boolean getsHot(int node) {
        return node % 3 == 0;
    }

    /**
     * The utilisation, from 0 to 1.
     *
     * @param seconds since the story began
     * @param sinceClimb seconds since the climb began; negative: not yet
     * @param sinceFall seconds since the fall began; negative: not yet
     */
    static double utilisation(int node, double seconds, double sinceClimb, double sinceFall) {
        double calm = CALM + CALM_WOBBLE * Math.sin(seconds / 3 + node);
        double peak = peak(node, seconds, sinceClimb, calm);
        double risen = ramp(sinceClimb - node / 3 % STAGGERED_BY, CLIMB_SECONDS);
        double fallen = ramp(sinceFall, FALL_SECONDS);
        return calm + (peak - calm) * risen * (1 - fallen);
    }

    private static double peak(int node, double seconds, double sinceClimb, double calm) {
        double wobble = WOBBLE * Math.sin(seconds / 2 + node);
        if (getsHot(node)) {
            boolean dips = node % 2 == 0 && sinceClimb >= DIP_FROM && sinceClimb < DIP_UNTIL;
            return (dips ? IN_THE_BAND : HOT) + wobble;
        }
        return node % 3 == 1 ? NEAR_MISS + wobble : calm;
    }

    private static double ramp(double seconds, double length) {
        return Math.clamp(seconds / length, 0, 1);
    }
}
