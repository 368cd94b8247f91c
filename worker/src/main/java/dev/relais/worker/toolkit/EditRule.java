package dev.relais.worker.toolkit;

import dev.relais.worker.toolkit.ReadFirstRule.Knowledge;

/** One replacement in a file's content. */
final class EditRule {
    private EditRule() {}

    sealed interface Edited {
        record Done(String content, int count) implements Edited {}

        /** @param text what the model can do instead */
        record Refused(String text) implements Edited {}
    }

    /** All strings in the same form: text, or one character a byte. */
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
            return new Edited.Refused("String to replace not found in file.");
        }
        if (count > 1 && !asked.all()) {
            return new Edited.Refused("Found " + count + " matches of the string to replace, but replace_all is false. To replace"
                    + " all occurrences, set replace_all to true. To replace only one occurrence, provide more context to identify"
                    + " it uniquely.");
        }
        return new Edited.Done(content.replace(fitting.from(), fitting.to()), count);
    }

    /** A file with CRLF is shown with plain line ends: what is not found so is looked for, and written, with the file's own. */
    private static Replacement fitted(String content, Replacement asked) {
        if (content.contains(asked.from()) || !content.contains("\r\n") || asked.from().contains("\r")) {
            return asked;
        }
        return new Replacement(asked.from().replace("\n", "\r\n"), asked.to().replace("\r\n", "\n").replace("\n", "\r\n"),
                asked.all());
    }

    private static int count(String content, String wanted) {
        int count = 0;
        for (int at = content.indexOf(wanted); at >= 0; at = content.indexOf(wanted, at + wanted.length())) {
            count++;
        }
        return count;
    }
}
