package dev.waterline.testbed.scenario;

/** A series that can vanish from the scrapes and come back; thread-safe. */
public abstract sealed class PlayedSeries permits PlayedGauge, PlayedCounter {
    private boolean dropped;

    /** Leaves the series out of every scrape from now on, as if what it tells of were gone. */
    public synchronized void drop() {
        dropped = true;
    }

    /** Undoes {@link #drop()}; a counter has gone on counting. */
    public synchronized void show() {
        dropped = false;
    }

    synchronized boolean isDropped() {
        return dropped;
    }

    abstract double value();
}
