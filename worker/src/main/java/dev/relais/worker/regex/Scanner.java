package dev.relais.worker.regex;

/** A pattern, read from left to right by code points. */
final class Scanner {
    private final String text;
    private int at;

    Scanner(String text) {
        this.text = text;
    }

    int at() {
        return at;
    }

    void back(int to) {
        at = to;
    }

    boolean hasNext() {
        return at < text.length();
    }

    int peek() {
        return text.codePointAt(at);
    }

    int next() {
        int point = text.codePointAt(at);
        at += Character.charCount(point);
        return point;
    }

    boolean looksAt(String wanted) {
        return text.startsWith(wanted, at);
    }

    boolean take(char wanted) {
        boolean here = at < text.length() && text.charAt(at) == wanted;
        at += here ? 1 : 0;
        return here;
    }

    boolean take(String wanted) {
        boolean here = looksAt(wanted);
        at += here ? wanted.length() : 0;
        return here;
    }

    /** @return -2 where no number stands here */
    int number() {
        int from = at;
        while (hasNext() && peek() >= '0' && peek() <= '9' && at - from < 9) {
            at++;
        }
        return at == from ? -2 : Integer.parseInt(text.substring(from, at));
    }

    /** Up to a character, which is taken too; null where it does not come. */
    @org.jspecify.annotations.Nullable
    String upTo(char end) {
        int stop = text.indexOf(end, at);
        if (stop < 0) {
            return null;
        }
        String found = text.substring(at, stop);
        at = stop + 1;
        return found;
    }

    /** The next characters, fewer where the pattern ends. */
    String some(int chars) {
        String found = text.substring(at, Math.min(text.length(), at + chars));
        at += found.length();
        return found;
    }
}
