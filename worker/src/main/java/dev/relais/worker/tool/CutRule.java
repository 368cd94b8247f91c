package dev.relais.worker.tool;

import java.util.Arrays;
import java.util.List;

/** Cuts a turn's results to what an entry may hold, longest first, head and tail kept (rule 4). Sizes are bytes of JSON in UTF-8. */
final class CutRule {
    /** What all results of one turn may take together. */
    static final int TURN_BYTES = 700 * 1024;

    /** Room for the notice between head and tail. */
    private static final int NOTICE_BYTES = 200;

    private CutRule() {}

    /** Whether a text stays whole. */
    sealed interface Cut {
        record Whole(String text) implements Cut {}

        /** @param omittedBytes of JSON that stood between head and tail */
        record Shortened(String head, String tail, long omittedBytes) implements Cut {}
    }

    /** @return one cut a text, in the same order */
    static List<Cut> cut(List<String> texts, int limitBytes) {
        long[] sizes = texts.stream().mapToLong(CutRule::jsonBytes).toArray();
        long each = allowed(sizes, limitBytes);
        var cuts = new Cut[sizes.length];
        for (int i = 0; i < sizes.length; i++) {
            cuts[i] = sizes[i] <= each ? new Cut.Whole(texts.get(i)) : shorten(texts.get(i), sizes[i], each);
        }
        return List.of(cuts);
    }

    /** The size to which every longer text is cut so that all fit: shorter ones keep what they have. */
    private static long allowed(long[] sizes, int limitBytes) {
        long[] sorted = sizes.clone();
        Arrays.sort(sorted);
        long left = limitBytes;
        for (int i = 0; i < sorted.length; i++) {
            long share = left / (sorted.length - i);
            if (sorted[i] > share) {
                return share;
            }
            left -= sorted[i];
        }
        return Long.MAX_VALUE;
    }

    private static Cut shorten(String text, long size, long allowed) {
        long keep = Math.max(0, allowed - NOTICE_BYTES);
        int headEnd = endOfHead(text, keep / 2);
        int tailStart = Math.max(headEnd, startOfTail(text, keep - keep / 2));
        String head = text.substring(0, headEnd);
        String tail = text.substring(tailStart);
        return new Cut.Shortened(head, tail, size - jsonBytes(head) - jsonBytes(tail));
    }

    private static int endOfHead(String text, long bytes) {
        long taken = 0;
        int at = 0;
        while (at < text.length()) {
            int point = text.codePointAt(at);
            taken += jsonBytes(point);
            if (taken > bytes) {
                return at;
            }
            at += Character.charCount(point);
        }
        return at;
    }

    private static int startOfTail(String text, long bytes) {
        long taken = 0;
        int at = text.length();
        while (at > 0) {
            int point = text.codePointBefore(at);
            taken += jsonBytes(point);
            if (taken > bytes) {
                return at;
            }
            at -= Character.charCount(point);
        }
        return at;
    }

    static long jsonBytes(String text) {
        return text.codePoints().mapToLong(CutRule::jsonBytes).sum();
    }

    private static int jsonBytes(int point) {
        return switch (point) {
            case '"', '\\', '\n', '\r', '\t', '\b', '\f' -> 2;
            default -> {
                if (point < 0x20) {
                    yield 6;
                } else if (point < 0x80) {
                    yield 1;
                } else if (point < 0x800) {
                    yield 2;
                }
                // Jackson writes what lies beyond as two escapes.
                yield point < 0x10000 ? 3 : 12;
            }
        };
    }
}
