package dev.relais.worker.policy;

import java.util.HashMap;

/** How little a text tells about its next character, in bits a character. */
final class Entropy {
    private Entropy() {}

    static double of(String text) {
        var counts = new HashMap<Integer, Integer>();
        text.chars().forEach(letter -> counts.merge(letter, 1, Integer::sum));
        double bits = 0;
        for (int count : counts.values()) {
            double share = (double) count / text.length();
            bits -= share * Math.log(share) / Math.log(2);
        }
        return bits;
    }

    /** Whether one character stands so often in a row. */
    static boolean hasRun(String text, int length) {
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            run = i > 0 && text.charAt(i) == text.charAt(i - 1) ? run + 1 : 1;
            if (run >= length) {
                return true;
            }
        }
        return false;
    }
}
