package dev.relais.worker.regex;

/** A text that asks for patience while it is read. */
final class WatchedText implements CharSequence {
    private static final int READS_BETWEEN_CHECKS = 4_096;

    private final String text;
    private final Patience patience;
    private int reads;

    WatchedText(String text, Patience patience) {
        this.text = text;
        this.patience = patience;
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        if (++reads == READS_BETWEEN_CHECKS) {
            reads = 0;
            patience.check();
        }
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
