package dev.relais.worker.regex;

/**
 * What {@code (?ims)} switches.
 *
 * @param lines whether ^ and $ hold at each line
 * @param dotAll whether . matches a line's end
 * @param lazy whether repetitions are lazy, and ? makes them greedy
 * @param verbose whether blanks and comments in the pattern are skipped
 * @param unicode whether \w, \d, \s and \b know more than ASCII
 */
record Flags(boolean ignoreCase, boolean lines, boolean dotAll, boolean lazy, boolean verbose, boolean unicode) {
    /** @return null where there is no such flag */
    @org.jspecify.annotations.Nullable
    Flags with(char flag, boolean on) {
        return switch (flag) {
            case 'i' -> new Flags(on, lines, dotAll, lazy, verbose, unicode);
            case 'm' -> new Flags(ignoreCase, on, dotAll, lazy, verbose, unicode);
            case 's' -> new Flags(ignoreCase, lines, on, lazy, verbose, unicode);
            case 'U' -> new Flags(ignoreCase, lines, dotAll, on, verbose, unicode);
            case 'x' -> new Flags(ignoreCase, lines, dotAll, lazy, on, unicode);
            case 'u' -> new Flags(ignoreCase, lines, dotAll, lazy, verbose, on);
            default -> null;
        };
    }
}
