package dev.relais.worker.search;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;

import dev.relais.worker.regex.Automaton;
import dev.relais.worker.regex.Patience;
import dev.relais.worker.regex.TextPattern.Span;
import dev.relais.worker.search.Query.Mode;

/** Searches one file after the other. For one thread. */
final class FileSearch {
    /** What may span lines is searched whole. */
    private static final long LARGEST_WHOLE = 32L << 20;

    private final Query query;
    private final Hits hits;
    private final Patience patience;
    private final Automaton automaton;
    private final String literal;
    private final boolean asciiLiteral;

    FileSearch(Query query, Hits hits, Patience patience) {
        this.query = query;
        this.hits = hits;
        this.patience = patience;
        this.automaton = query.pattern().automaton(patience);
        this.literal = query.pattern().literal();
        this.asciiLiteral = literal.chars().allMatch(each -> each < 128);
    }

    /**
     * Searches a file; one that cannot be read is passed over.
     *
     * @param name as entries show it
     * @throws ClosedByInterruptException where the thread was interrupted
     */
    void file(Path file, String name, long size) throws ClosedByInterruptException {
        if (size == 0) {
            return;
        }
        if (query.multiline() && size > LARGEST_WHOLE) {
            hits.notice(
                    name + " is larger than 32 MiB and was left out: a multiline pattern needs the whole of it. Search it without"
                            + " multiline.");
            return;
        }
        try (BlockReader reader = BlockReader.open(file, query.multiline() ? LARGEST_WHOLE : BlockReader.BLOCK,
                query.print().before())) {
            if (query.multiline()) {
                multiline(reader.next(), name);
            } else {
                lines(reader, name);
            }
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            hits.notice(name + " could not be read and was left out.");
        }
    }

    private boolean mayHold(Block block) {
        return literal.isEmpty() || !asciiLiteral || block.isWide() || block.raw().indexOf(literal, block.fresh()) >= 0;
    }

    private void lines(BlockReader reader, String name) throws IOException {
        var printer = new LinePrinter(query, name, hits, patience);
        long matches = 0;
        for (Block read = reader.next(); read.bytes().length > read.fresh(); read = reader.next()) {
            patience.check();
            boolean last = reader.isAtEnd();
            boolean interesting = mayHold(read);
            if (!interesting && last && matches == 0) {
                return;
            }
            if (read.isBinary()) {
                hits.binary();
                return;
            }
            if (read.isWide() && !last) {
                hits.notice(name + " is in UTF-16 and larger than 8 MiB, and was left out.");
                return;
            }
            Block block = read.readable();
            printer.begin(block);
            matches += interesting ? lines(block, printer) : 0;
            if (matches > 0 && query.mode() == Mode.FILES) {
                break;
            }
            if (query.mode() == Mode.CONTENT) {
                printer.end(block);
            }
            if (last) {
                break;
            }
        }
        found(name, matches);
    }

    /** @return how many lines match */
    private long lines(Block block, LinePrinter printer) {
        long matches = 0;
        int limit = block.limit();
        int at = block.fresh();
        while (at <= limit) {
            int start;
            int end;
            if (literal.isEmpty()) {
                int found = automaton.find(block.bytes(), at, limit);
                if (found < 0) {
                    break;
                }
                start = Math.max(at, block.lineStart(found));
                end = block.lineEnd(found);
            } else {
                int found = block.raw().indexOf(literal, at);
                if (found < 0) {
                    break;
                }
                start = Math.max(at, block.lineStart(found));
                end = block.lineEnd(found);
                if (!query.pattern().isLiteral() && automaton.find(block.bytes(), start, end) < 0) {
                    at = end + 1;
                    continue;
                }
            }
            matches++;
            switch (query.mode()) {
                case FILES -> {
                    return matches;
                }
                case CONTENT -> printer.match(block, start, end);
                case COUNT -> {
                }
            }
            at = end + 1;
        }
        return matches;
    }

    private void found(String name, long matches) {
        if (matches > 0) {
            hits.file(matches);
            switch (query.mode()) {
                case FILES -> hits.entry(name);
                case COUNT -> hits.entry(name + ":" + matches);
                case CONTENT -> {
                }
            }
        }
    }

    private void multiline(Block read, String name) {
        if (!mayHold(read)) {
            return;
        }
        if (read.isBinary()) {
            hits.binary();
            return;
        }
        String text = new String(read.readable().bytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        Block block = Block.of(text.getBytes(StandardCharsets.UTF_8), 0);
        if (automaton.find(block.bytes(), 0, block.bytes().length) < 0) {
            return;
        }
        if (query.mode() == Mode.FILES) {
            found(name, 1);
            return;
        }
        List<Span> spans = query.pattern().spans(text, patience).stream().filter(span -> span.from() < text.length()).toList();
        found(name, spans.size());
        if (query.mode() == Mode.CONTENT) {
            print(block, text, name, spans);
        }
    }

    private void print(Block block, String text, String name, List<Span> spans) {
        var matching = new BitSet();
        int line = 0;
        int counted = 0;
        for (Span span : spans) {
            for (int at = text.indexOf('\n', counted); at >= 0 && at < span.from(); at = text.indexOf('\n', counted)) {
                counted = at + 1;
                line++;
            }
            int first = line;
            matching.set(first);
            String matched = text.substring(span.from(), span.to());
            List<String> parts = matched.lines().toList();
            for (int i = 0; i < parts.size(); i++) {
                matching.set(first + i);
                if (query.print().onlyMatching() && span.to() > span.from()) {
                    hits.entry(LinePrinter.entry(query, name, first + i + 1, ":", parts.get(i)));
                }
            }
        }
        if (!query.print().onlyMatching()) {
            var printer = new LinePrinter(query, name, hits, patience);
            printer.begin(block);
            int start = 0;
            for (int i = 0; i < matching.length(); i++) {
                int end = block.lineEnd(start);
                if (matching.get(i)) {
                    printer.match(block, start, end);
                }
                start = end + 1;
            }
            printer.end(block);
        }
    }
}
