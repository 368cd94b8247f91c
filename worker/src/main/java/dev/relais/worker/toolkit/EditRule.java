package dev.relais.worker.toolkit;

import dev.relais.worker.toolkit.ReadFirstRule.Knowledge;

/** One replacement in a file's text. */
final class EditRule {
    private EditRule() {}

    sealed interface Edited {
        record Done(String content, int count) implements Edited {}

        /** @param text what the model can do instead */
        record Refused(String text) implements Edited {}
    }

    record Replacement(String from, String to, boolean all) {}

    static Edited edit(String content, Replacement asked, Knowledge knowledge) {
        if (knowledge == Knowledge.UNREAD) {
            return new Edited.Refused(ReadFirstRule.UNREAD);
        }
        if (asked.from().equals(asked.to())) {
            return new Edited.Refused("No changes to make: old_string and new_string are exactly the same.");
        }
        if (asked.from().isEmpty()) {
            return content.isEmpty()
                    ? new Edited.Done(asked.to(), 1)
                    : new Edited.Refused("Cannot create new file - file already exists. Give the text to replace as old_string.");
        }
        Replacement fitting = fitted(content, asked);
        int count = count(content, fitting.from());
        if (knowledge == Knowledge.CHANGED && count != 1) {
            return new Edited.Refused(ReadFirstRule.CHANGED);
        }
        if (count == 0) {
            return new Edited.Refused("String to replace not found in file." + NearMissRule.hint(content, asked.from()));
        }
        if (count > 1 && !asked.all()) {
            return new Edited.Refused("Found " + count + " matches of the string to replace, but replace_all is false. To replace"
                    + " all occurrences, set replace_all to true. To replace only one occurrence, provide more context to identify"
                    + " it uniquely. They begin in the lines " + places(content, fitting.from()) + ".");
        }
        return new Edited.Done(content.replace(fitting.from(), fitting.to()), count);
    }

    /**
     * A file with CRLF is shown with plain line ends, so that these are what the model writes: there they mean the file's own. Where line ends are
     * mixed, those of the place that is found.
     */
    private static Replacement fitted(String content, Replacement asked) {
        return switch (LineEnds.of(content)) {
            case PLAIN -> asked;
            case CRLF -> crlf(asked);
            case MIXED -> content.contains(asked.from()) ? asked : crlf(asked);
        };
    }

    private static Replacement crlf(Replacement asked) {
        return new Replacement(LineEnds.crlf(asked.from()), LineEnds.crlf(asked.to()), asked.all());
    }

    private static int count(String content, String wanted) {
        int count = 0;
        for (int at = content.indexOf(wanted); at >= 0; at = content.indexOf(wanted, at + wanted.length())) {
            count++;
        }
        return count;
    }

    private static String places(String content, String wanted) {
        var lines = new StringBuilder();
        int line = 1;
        int counted = 0;
        int shown = 0;
        for (int at = content.indexOf(wanted); at >= 0 && shown < 10; at = content.indexOf(wanted, at + wanted.length())) {
            for (int i = content.indexOf('\n', counted); i >= 0 && i < at; i = content.indexOf('\n', counted)) {
                counted = i + 1;
                line++;
            }
            lines.append(shown++ == 0 ? "" : ", ").append(line);
            if (shown == 10) {
                lines.append(", …");
            }
        }
        return lines.toString();
    }
}
