package dev.waterline.decision.scaling;

/**
 * How far a value may be off without any change. A number outside its range is an IllegalArgumentException.
 *
 * @param up above what is due, as a share of it: 0.1 is 10 %; at least 0, finite
 * @param down below what is due; at least 0, finite
 */
public record Tolerance(double up, double down) {
    /** HPA's own. */
    public static final Tolerance DEFAULT = new Tolerance(0.1, 0.1);

    public Tolerance {
        if (!(up >= 0 && down >= 0 && Double.isFinite(up) && Double.isFinite(down))) {
            throw new IllegalArgumentException("tolerance must be a number of at least 0, such as \"0.1\" for 10 %");
        }
    }

    /** Both ends belong to it. */
    boolean covers(double ratio) {
        return 1.0 - down <= ratio && ratio <= 1.0 + up;
    }
}
