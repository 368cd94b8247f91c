package dev.relais.worker.persona;

import java.util.List;
import java.util.Optional;

/**
 * Where a file's front matter lies and where its body begins.
 *
 * @param firstLine of the front matter in the file, from 1
 * @param indent what every line of the file begins with and is read without
 * @param matter the lines between the fences
 */
record Layout(int firstLine, int indent, List<String> matter, String body) {
    Layout {
        matter = List.copyOf(matter);
    }

    /** Where there is no usable front matter, the findings hold a refusal. */
    static Optional<Layout> of(String file, Findings findings) {
        findings.effort().spend(file.length());
        List<String> lines = List.of(file.split("\n", -1));
        int first = nextText(lines, 0);
        if (first == lines.size()) {
            findings.refuse(1, 1, "the file is empty", "begin it with a line \"---\", then name: and description:, then \"---\"");
            return Optional.empty();
        }
        Lines text = Lines.from(lines, first, findings);
        return opening(text, findings).flatMap(opened -> closed(text, opened, findings));
    }

    /** @param start the first line of the front matter */
    private record Opened(int start, String closedBy) {}

    private static Optional<Opened> opening(Lines text, Findings findings) {
        int first = text.first();
        String line = text.line(first);
        int next = text.nextText(first + 1);
        if (Fence.isRule(line)) {
            if (!line.stripTrailing().equals(Fence.EXACT)) {
                findings.mended(first + 1, 1, "the line that opens the front matter is read as \"---\"");
            }
            return Optional.of(new Opened(first + 1, ""));
        }
        if (Fence.isCode(line) && next < text.size() && startsField(text.line(next))) {
            findings.mended(first + 1, 1, "the code fence that opens the front matter is read as \"---\"");
            return Optional.of(new Opened(first + 1, Fence.code(line)));
        }
        if (startsField(line)) {
            findings.mended(first + 1, 1, "the line \"---\" that opens the front matter is missing");
            return Optional.of(new Opened(first, ""));
        }
        findings.refuse(first + 1, 1, "the file does not begin with front matter",
                "begin it with the lines \"---\", \"name: a-short-name\", \"description: when to give it a task\", \"---\"");
        return Optional.empty();
    }

    private static Optional<Layout> closed(Lines text, Opened opened, Findings findings) {
        for (int at = opened.start(); at < text.size(); at++) {
            String line = text.line(at);
            boolean isCode = !opened.closedBy().isEmpty() && line.strip().equals(opened.closedBy());
            if (isCode || Fence.isRule(line) || line.stripTrailing().equals("...")) {
                if (!isCode && !line.stripTrailing().equals(Fence.EXACT)) {
                    findings.mended(at + 1, 1, "the line that closes the front matter is read as \"---\"");
                }
                return Optional.of(text.layout(opened.start(), at, at + 1));
            }
        }
        int boundary = text.bodyWithin(opened.start(), text.size(), true);
        if (boundary == text.size()) {
            findings.refuse(Math.max(1, opened.start()), 1, "the front matter that begins here has no end",
                    "put a line \"---\" before the system prompt");
            return Optional.empty();
        }
        findings.mended(boundary + 1, 1, "the line \"---\" that closes the front matter is missing before this one");
        return Optional.of(text.layout(opened.start(), boundary, boundary));
    }

    /** The first heading below the last field, where the line that ends this front matter may be one of the body's own rules. */
    Optional<Layout> endingAtAHeading(Findings findings) {
        var text = Lines.of(matter, findings);
        int boundary = text.bodyWithin(0, matter.size(), false);
        if (boundary == matter.size()) {
            return Optional.empty();
        }
        findings.mended(firstLine + boundary, 1, "the line \"---\" that closes the front matter is missing before this one");
        String rest = String.join("\n", matter.subList(boundary, matter.size())) + "\n" + Fence.EXACT + "\n" + body;
        return Optional.of(new Layout(firstLine, indent, matter.subList(0, boundary), rest));
    }

    private static boolean startsField(String line) {
        return FieldLine.of(line).filter(key -> key.indent() == 0 && KnownFields.of(key.name()) instanceof KnownFields.Known)
                .isPresent();
    }

    private static int nextText(List<String> lines, int from) {
        int at = from;
        while (at < lines.size() && lines.get(at).isBlank()) {
            at++;
        }
        return at;
    }
}
