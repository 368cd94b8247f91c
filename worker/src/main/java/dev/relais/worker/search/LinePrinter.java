package dev.relais.worker.search;

import dev.relais.worker.regex.Patience;
import dev.relais.worker.regex.TextPattern.Span;

/** Prints matching lines of one file as ripgrep does, with their context, block after block. */
final class LinePrinter {
    private static final int LINE_CHARS = 500;
    private static final String BETWEEN = "--";

    private final Query query;
    private final String name;
    private final Hits hits;
    private final Patience patience;

    /** Of the line that begins at {@link #counted}. */
    private int number = 1;
    private int counted;
    private int printed;
    private int pending;

    LinePrinter(Query query, String name, Hits hits, Patience patience) {
        this.query = query;
        this.name = name;
        this.hits = hits;
        this.patience = patience;
    }

    /** A block begins: what was counted of the one before stays so. */
    void begin(Block block) {
        counted = block.fresh();
    }

    /** @param start of a line that matches, later than any before */
    void match(Block block, int start, int end) {
        if (query.print().onlyMatching()) {
            countTo(block, start);
            parts(block.line(start, end, Integer.MAX_VALUE / 8));
            return;
        }
        after(block, start);
        countTo(block, start);
        int first = start;
        int line = number;
        while (line > 1 && number - line < query.print().before() && line - 1 > printed && first > 0) {
            first = block.lineStart(first - 1);
            line--;
        }
        boolean context = query.print().before() + query.print().after() > 0;
        if (context && printed > 0 && line > printed + 1) {
            hits.entry(BETWEEN);
        }
        for (int at = first; at < start; at = block.lineEnd(at) + 1) {
            print(block, at, line++, "-");
        }
        print(block, start, line, ":");
        pending = query.print().after();
    }

    /** A block ends. */
    void end(Block block) {
        after(block, block.limit() + 1);
        countTo(block, block.bytes().length);
    }

    /** Lines behind the last match, up to a place where another line begins. */
    private void after(Block block, int stop) {
        while (pending > 0) {
            int next = printed + 1;
            int start = startOf(block, next, stop);
            if (start == Block.NONE) {
                return;
            }
            pending--;
            print(block, start, next, "-");
        }
    }

    private int startOf(Block block, int line, int stop) {
        while (number < line) {
            int end = block.raw().indexOf('\n', counted);
            if (end < 0 || end + 1 >= stop || end + 1 > block.limit()) {
                return Block.NONE;
            }
            counted = end + 1;
            number++;
        }
        return counted < stop && counted <= block.limit() ? counted : Block.NONE;
    }

    private void countTo(Block block, int start) {
        for (int at = block.raw().indexOf('\n', counted); at >= 0 && at < start; at = block.raw().indexOf('\n', counted)) {
            counted = at + 1;
            number++;
        }
    }

    private void parts(String line) {
        for (Span span : query.pattern().spans(line, patience)) {
            if (span.to() > span.from()) {
                entry(number, ":", line.substring(span.from(), span.to()));
            }
        }
    }

    private void print(Block block, int start, int line, String sign) {
        printed = line;
        if (hits.isFull()) {
            hits.more();
        } else {
            entry(line, sign, block.line(start, block.lineEnd(start), LINE_CHARS + 1));
        }
    }

    private void entry(int line, String sign, String text) {
        hits.entry(entry(query, name, line, sign, text));
    }

    static String entry(Query query, String name, int line, String sign, String text) {
        String shown = text.length() <= LINE_CHARS ? text : text.substring(0, whole(text)) + "… [line clipped]";
        return name + sign + (query.print().numbers() ? line + sign : "") + shown;
    }

    private static int whole(String text) {
        return Character.isLowSurrogate(text.charAt(LINE_CHARS)) ? LINE_CHARS - 1 : LINE_CHARS;
    }
}
