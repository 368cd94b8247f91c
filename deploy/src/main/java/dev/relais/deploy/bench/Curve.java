package dev.relais.deploy.bench;

import java.util.ArrayList;
import java.util.List;

/** One thing that was looked at again and again, and the straight line that fits it best (least squares). */
final class Curve {
    private final List<double[]> points = new ArrayList<>();

    /** @param x seconds, finished tasks, … */
    void add(double x, double y) {
        points.add(new double[]{x, y});
    }

    int count() {
        return points.size();
    }

    double mean() {
        return points.stream().mapToDouble(point -> point[1]).average().orElse(0);
    }

    /** How much y grows with one x; nothing where x never changed. */
    double slope() {
        double middle = points.stream().mapToDouble(point -> point[0]).average().orElse(0);
        double mean = mean();
        double together = 0;
        double square = 0;
        for (double[] point : points) {
            together += (point[0] - middle) * (point[1] - mean);
            square += (point[0] - middle) * (point[0] - middle);
        }
        return square == 0 ? 0 : together / square;
    }

    /**
     * How far the line rises or falls from the first point to the last, in percent of the mean: what "level" is judged by. Of less than one MiB, thread or
     * file in the mean it is percent of one.
     */
    double drift() {
        double span = points.isEmpty() ? 0 : points.getLast()[0] - points.getFirst()[0];
        return 100 * slope() * span / Math.max(1, Math.abs(mean()));
    }
}
