package dev.relais.worker.tool;

/** {@code npm test *}: a star stands for any text, at the end behind a blank or a colon for any further words or none. */
final class CommandPattern {
    private CommandPattern() {}

    static boolean matches(String pattern, String command) {
        String stem = stem(pattern.strip());
        return stem.equals(pattern.strip())
                ? stretches(stem, command)
                : stretches(stem, command) || stretches(stem + " *", command);
    }

    private static String stem(String pattern) {
        boolean hasEnd = pattern.endsWith(" *") || pattern.endsWith(":*");
        return hasEnd ? pattern.substring(0, pattern.length() - 2) : pattern;
    }

    /** The last star takes more only where what follows it does not fit: no more steps than pattern times command. */
    private static boolean stretches(String pattern, String command) {
        int p = 0;
        int c = 0;
        int star = -1;
        int taken = 0;
        while (c < command.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p;
                taken = c;
                p++;
            } else if (p < pattern.length() && pattern.charAt(p) == command.charAt(c)) {
                p++;
                c++;
            } else if (star >= 0) {
                taken++;
                p = star + 1;
                c = taken;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
