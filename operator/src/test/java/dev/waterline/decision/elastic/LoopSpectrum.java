package dev.waterline.decision.elastic;

/**
 * The controller's loop, made linear around its operating point, without slew limits and dead band:
 *
 * <pre>W[k+1] = W[k] + Kp · (e[k] - e[k-1]) + Ki · e[k],   e[k] = -g · mean(W[k-d], …, W[k-d-window+1])</pre>
 *
 * <p>It is stable if the spectral radius of its companion matrix is below 1, and forgets a disturbance by that factor a step.
 *
 * @param gain g: by how much ln(burn) grows with a point of shift
 * @param delay d: steps until a shift begins to show
 * @param window steps over which the source takes the mean; 1: none
 */
record LoopSpectrum(double gain, int delay, int window) {
    private static final int SQUARINGS = 12;

    /** By Gelfand's formula, ρ(A) = lim ‖A^n‖^(1/n), with n doubled by squaring. */
    double radius() {
        double[][] power = companion();
        double logarithm = 0;
        for (int i = 0; i < SQUARINGS; i++) {
            power = product(power, power);
            double norm = norm(power);
            logarithm = 2 * logarithm + Math.log(norm);
            for (double[] row : power) {
                for (int j = 0; j < row.length; j++) {
                    row[j] /= norm;
                }
            }
        }
        return Math.exp(logarithm / (1 << SQUARINGS));
    }

    /** By how much the gain may be multiplied before the loop oscillates without end. */
    double margin() {
        double stable = 1;
        double unstable = 64;
        while (unstable - stable > 0.01) {
            double middle = (stable + unstable) / 2;
            if (new LoopSpectrum(gain * middle, delay, window).radius() < 1) {
                stable = middle;
            } else {
                unstable = middle;
            }
        }
        return stable;
    }

    private double[][] companion() {
        int order = delay + window + 1;
        var matrix = new double[order][order];
        matrix[0][0] = 1;
        for (int i = 0; i < window; i++) {
            double share = gain / window;
            matrix[0][delay + i] -= share * (ElasticController.PROPORTIONAL + ElasticController.INTEGRAL);
            matrix[0][delay + i + 1] += share * ElasticController.PROPORTIONAL;
        }
        for (int i = 1; i < order; i++) {
            matrix[i][i - 1] = 1;
        }
        return matrix;
    }

    private static double[][] product(double[][] left, double[][] right) {
        int order = left.length;
        var product = new double[order][order];
        for (int i = 0; i < order; i++) {
            for (int k = 0; k < order; k++) {
                for (int j = 0; j < order; j++) {
                    product[i][j] += left[i][k] * right[k][j];
                }
            }
        }
        return product;
    }

    private static double norm(double[][] matrix) {
        double squares = 0;
        for (double[] row : matrix) {
            for (double value : row) {
                squares += value * value;
            }
        }
        return Math.sqrt(squares);
    }
}
