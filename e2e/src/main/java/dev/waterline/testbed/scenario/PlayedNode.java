package dev.waterline.testbed.scenario;

/**
 * The CPU of one node: counters per mode as node_exporter has them, and the same as a plain ratio. All series of a node
 * are set together; thread-safe.
 */
public final class PlayedNode {
    static final double USER_SHARE = 0.8;

    private final PlayedCounter idle;
    private final PlayedCounter user;
    private final PlayedCounter system;
    private final PlayedGauge ratio;

    PlayedNode(PlayedCounter idle, PlayedCounter user, PlayedCounter system, PlayedGauge ratio) {
        this.idle = idle;
        this.user = user;
        this.system = system;
        this.ratio = ratio;
        utilisation(0);
    }

    /**
     * How busy the node is from now on.
     *
     * @param utilisation from 0 to 1; or NaN, with which all series of the node show NaN
     */
    public void utilisation(double utilisation) {
        if (utilisation < 0 || utilisation > 1) {
            throw new IllegalArgumentException("utilisation must be from 0 to 1 or NaN, not " + utilisation);
        }
        boolean spoilt = Double.isNaN(utilisation);
        double busy = spoilt ? 0 : utilisation;
        idle.rate(1 - busy);
        user.rate(busy * USER_SHARE);
        system.rate(busy * (1 - USER_SHARE));
        ratio.set(utilisation);
        idle.spoil(spoilt);
        user.spoil(spoilt);
        system.spoil(spoilt);
    }

    /** Leaves all series of the node out of the scrapes. */
    public void drop() {
        idle.drop();
        user.drop();
        system.drop();
        ratio.drop();
    }

    /** Undoes {@link #drop()}. */
    public void show() {
        idle.show();
        user.show();
        system.show();
        ratio.show();
    }
}
