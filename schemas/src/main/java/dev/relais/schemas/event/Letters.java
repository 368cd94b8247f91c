package dev.relais.schemas.event;

/** What names are made of. Looked at with every record that passes, so by plain loops and not by regular expressions. */
final class Letters {
    private Letters() {}

    /** Whether it is 1 to {@code most} characters of {@code [A-Za-z0-9._-]}. */
    static boolean isId(String text, int most) {
        if (text.isEmpty() || text.length() > most) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isLowerOrDigit(c) && !(c >= 'A' && c <= 'Z') && c != '.' && c != '_' && c != '-') {
                return false;
            }
        }
        return true;
    }

    /** Whether it is 1 to {@code most} characters of {@code [a-z0-9-]}. */
    static boolean isSlug(String text, int most) {
        if (text.isEmpty() || text.length() > most) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isLowerOrDigit(c) && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLowerOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }
}
