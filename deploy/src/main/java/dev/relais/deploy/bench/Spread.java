package dev.relais.deploy.bench;

import java.util.List;

/** Measured values of one kind: their middle, and how far they lie apart. */
public record Spread(double median, double least, double most, int count) {

    static Spread of(List<Double> values) {
        var sorted = values.stream().sorted().toList();
        return new Spread(quantile(sorted, 0.5), sorted.getFirst(), sorted.getLast(), sorted.size());
    }

    static Spread one(double value) {
        return new Spread(value, value, value, 1);
    }

    /** @param values in any order, at least one; between two of them the line is followed */
    static double percentile(List<Double> values, double percent) {
        return quantile(values.stream().sorted().toList(), percent / 100);
    }

    private static double quantile(List<Double> sorted, double share) {
        if (sorted.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
        double place = share * (sorted.size() - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.size() - 1);
        return sorted.get(below) + (place - below) * (sorted.get(above) - sorted.get(below));
    }
}
