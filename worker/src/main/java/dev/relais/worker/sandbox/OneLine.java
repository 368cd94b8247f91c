package dev.relais.worker.sandbox;

/** Foreign text for a log or an error: one line, short, without what a terminal obeys. */
final class OneLine {
    static final int MOST = 400;

    private OneLine() {}

    static String of(String text) {
        var line = new StringBuilder();
        text.strip().codePoints().limit(MOST).forEach(point -> {
            if (Character.isWhitespace(point)) {
                line.append(' ');
            } else if (isHarmful(point)) {
                line.append("\\u{%X}".formatted(point));
            } else {
                line.appendCodePoint(point);
            }
        });
        return text.strip().codePoints().skip(MOST).findAny().isPresent() ? line.append(" …").toString() : line.toString();
    }

    private static boolean isHarmful(int point) {
        int type = Character.getType(point);
        return type == Character.CONTROL || type == Character.FORMAT || type == Character.SURROGATE;
    }
}
