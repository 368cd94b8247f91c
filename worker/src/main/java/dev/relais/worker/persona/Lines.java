package dev.relais.worker.persona;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The lines of a file, without what was put around or before all of them. */
final class Lines {
    private final List<String> lines;
    private final int first;
    private final int indent;
    private final Findings findings;

    private Lines(List<String> lines, int first, int indent, Findings findings) {
        this.lines = lines;
        this.first = first;
        this.indent = indent;
        this.findings = findings;
    }

    /** @param first the first line that is not blank */
    static Lines from(List<String> lines, int first, Findings findings) {
        var kept = new ArrayList<>(lines);
        int start = wrapped(kept, first, findings);
        int indent = kept.get(start).length() - kept.get(start).stripLeading().length();
        if (indent > 0) {
            findings.mended(start + 1, 1, "the file is indented by " + indent + " and read without");
            kept.replaceAll(line -> line.substring(Math.min(indent, blanks(line))));
        }
        return new Lines(List.copyOf(kept), start, indent, findings);
    }

    static Lines of(List<String> lines, Findings findings) {
        return new Lines(lines, 0, 0, findings);
    }

    /** A whole file within a code fence, as a chat hands it out. */
    private static int wrapped(List<String> lines, int first, Findings findings) {
        int next = first + 1;
        while (next < lines.size() && lines.get(next).isBlank()) {
            next++;
        }
        if (!Fence.isCode(lines.get(first)) || next == lines.size() || !Fence.isRule(lines.get(next).strip())) {
            return first;
        }
        findings.mended(first + 1, 1, "the file stands within a code fence and is read without");
        int last = lines.size() - 1;
        while (lines.get(last).isBlank()) {
            last--;
        }
        if (lines.get(last).strip().equals(Fence.code(lines.get(first)))) {
            lines.set(last, "");
        }
        return next;
    }

    private static int blanks(String line) {
        return line.length() - line.stripLeading().length();
    }

    int first() {
        return first;
    }

    int size() {
        return lines.size();
    }

    String line(int at) {
        return lines.get(at);
    }

    int nextText(int from) {
        int at = from;
        while (at < lines.size() && lines.get(at).isBlank()) {
            at++;
        }
        return at;
    }

    /**
     * The first line of a body that began without a fence: a heading below a blank line, with no field between it and the end.
     *
     * @param orProse any line of prose below a blank one will do
     */
    int bodyWithin(int start, int end, boolean orProse) {
        int found = end;
        boolean isInExample = false;
        for (int at = start; at < end; at++) {
            String line = lines.get(at);
            findings.effort().spend(1L + line.length());
            isInExample = (isInExample || line.contains(FieldLine.EXAMPLE)) && !line.contains(FieldLine.EXAMPLE_END);
            Optional<FieldLine> field = FieldLine.of(line);
            if (field.isPresent() && KnownFields.of(field.get().name()) instanceof KnownFields.Known) {
                found = end;
            } else if (found == end && at > start && lines.get(at - 1).isBlank() && !isInExample) {
                found = isHeading(line) || (orProse && field.isEmpty() && isProse(line)) ? at : end;
            }
        }
        return found;
    }

    private static boolean isHeading(String line) {
        return line.startsWith("# ") || line.startsWith("## ");
    }

    private static boolean isProse(String line) {
        return !line.isBlank() && Character.isLetter(line.codePointAt(0));
    }

    Layout layout(int start, int end, int body) {
        return new Layout(start + 1, indent, lines.subList(start, end),
                String.join("\n", lines.subList(Math.min(body, lines.size()), lines.size())));
    }
}
