package dev.relais.worker.tool;

import java.util.ArrayList;
import java.util.List;

/**
 * A script for Bash, taken apart into the commands that it holds. It reads less than Bash does: where the two could disagree on what is a command, the
 * script is unreadable.
 */
final class ShellScript {
    private static final int DEEPEST = 20;
    private static final char NONE = '\0';
    private static final String OF_EXPANSION = "_:-+=?#%/.,*@![]^~ ";

    private final String script;
    private final List<String> parts;
    private final int depth;
    private int at;

    private ShellScript(String script, List<String> parts, int depth) {
        this.script = script;
        this.parts = parts;
        this.depth = depth;
    }

    sealed interface Split {}

    /** @param commands without redirections and with one blank between words */
    record Parts(List<String> commands) implements Split {
        Parts {
            commands = List.copyOf(commands);
        }
    }

    /** @param reason and what to write instead */
    record Unreadable(String reason) implements Split {}

    static Split split(String script) {
        var parts = new ArrayList<String>();
        try {
            new ShellScript(script, parts, 0).commands(NONE);
            return new Parts(parts);
        } catch (NotReadable e) {
            return new Unreadable(String.valueOf(e.getMessage()));
        }
    }

    private static final class NotReadable extends Exception {
        private static final long serialVersionUID = 1L;

        NotReadable(String message) {
            super(message, null, false, false);
        }
    }

    /** Up to the closing character, which is taken too. */
    private void commands(char closer) throws NotReadable {
        if (depth > DEEPEST) {
            throw new NotReadable("it nests deeper than " + DEEPEST);
        }
        var part = new StringBuilder();
        while (at < script.length()) {
            char c = script.charAt(at);
            if (c == ')') {
                end(part);
                if (closer != ')') {
                    throw new NotReadable("a parenthesis closes that was not opened; case is not read here");
                }
                at++;
                return;
            }
            step(c, part);
        }
        end(part);
        if (closer != NONE) {
            throw new NotReadable("a parenthesis is not closed");
        }
    }

    private void step(char c, StringBuilder part) throws NotReadable {
        switch (c) {
            case '\\' -> escaped(part);
            case '\'' -> quoted(part, at + 1, false);
            case '"' -> doubleQuoted(part);
            case '$' -> dollar(part);
            case '`' -> backticks(part);
            case '(' -> {
                end(part);
                at++;
                nested();
            }
            case '<', '>' -> redirection(part);
            case '&', '|', ';', '\n' -> separator(c, part);
            case '#' -> comment(part);
            case ' ', '\t' -> {
                blank(part);
                at++;
            }
            default -> {
                part.append(c);
                at++;
            }
        }
    }

    private void nested() throws NotReadable {
        var inner = new ShellScript(script, parts, depth + 1);
        inner.at = at;
        inner.commands(')');
        at = inner.at;
    }

    private static void blank(StringBuilder part) {
        if (!part.isEmpty() && part.charAt(part.length() - 1) != ' ') {
            part.append(' ');
        }
    }

    private void end(StringBuilder part) {
        String command = part.toString().strip();
        if (!command.isEmpty()) {
            parts.add(command);
        }
        part.setLength(0);
    }

    private void separator(char c, StringBuilder part) throws NotReadable {
        if (c == '&' && script.startsWith("&>", at)) {
            at++;
            redirection(part);
            return;
        }
        end(part);
        at++;
    }

    private void escaped(StringBuilder part) throws NotReadable {
        if (at + 1 == script.length()) {
            throw new NotReadable("it ends with a backslash");
        }
        if (script.charAt(at + 1) != '\n') {
            part.append(script, at, at + 2);
        }
        at += 2;
    }

    private void quoted(StringBuilder part, int from, boolean hasEscapes) throws NotReadable {
        int end = from;
        while (end < script.length() && script.charAt(end) != '\'') {
            end += hasEscapes && script.charAt(end) == '\\' ? 2 : 1;
        }
        if (end >= script.length()) {
            throw new NotReadable("a quotation mark is not closed");
        }
        part.append(script, at, end + 1);
        at = end + 1;
    }

    private void doubleQuoted(StringBuilder part) throws NotReadable {
        part.append('"');
        at++;
        while (at < script.length() && script.charAt(at) != '"') {
            char c = script.charAt(at);
            boolean isAnsi = c == '$' && at + 1 < script.length() && "'\"".indexOf(script.charAt(at + 1)) >= 0;
            if (c == '\\') {
                escaped(part);
            } else if (c == '`') {
                backticks(part);
            } else if (c == '$' && !isAnsi) {
                dollar(part);
            } else {
                part.append(c);
                at++;
            }
        }
        if (at >= script.length()) {
            throw new NotReadable("a quotation mark is not closed");
        }
        part.append('"');
        at++;
    }

    private void dollar(StringBuilder part) throws NotReadable {
        int start = at;
        char next = at + 1 < script.length() ? script.charAt(at + 1) : NONE;
        if (next == '(') {
            at += 2;
            nested();
            part.append(script, start, at);
        } else if (next == '\'') {
            quoted(part, at + 2, true);
        } else if (next == '{') {
            expansion(part);
        } else {
            part.append('$');
            at++;
        }
    }

    private void expansion(StringBuilder part) throws NotReadable {
        int end = at + 2;
        while (end < script.length() && script.charAt(end) != '}') {
            char c = script.charAt(end);
            if (!Character.isLetterOrDigit(c) && OF_EXPANSION.indexOf(c) < 0) {
                throw new NotReadable("what stands in ${ } is not plain");
            }
            end++;
        }
        if (end == script.length()) {
            throw new NotReadable("${ is not closed");
        }
        part.append(script, at, end + 1);
        at = end + 1;
    }

    private void backticks(StringBuilder part) throws NotReadable {
        int end = at + 1;
        var inner = new StringBuilder();
        while (end < script.length() && script.charAt(end) != '`') {
            boolean isEscape = script.charAt(end) == '\\' && end + 1 < script.length()
                    && "\\`$".indexOf(script.charAt(end + 1)) >= 0;
            end += isEscape ? 1 : 0;
            inner.append(script.charAt(end));
            end++;
        }
        if (end >= script.length()) {
            throw new NotReadable("a backtick is not closed");
        }
        new ShellScript(inner.toString(), parts, depth + 1).commands(NONE);
        part.append(script, at, end + 1);
        at = end + 1;
    }

    /** Only where a command would begin is it a comment for sure. */
    private void comment(StringBuilder part) throws NotReadable {
        boolean beginsWord = part.isEmpty() || part.charAt(part.length() - 1) == ' ';
        if (!beginsWord) {
            part.append('#');
            at++;
            return;
        }
        if (!part.isEmpty()) {
            throw new NotReadable("a comment stands behind a command; leave it out");
        }
        int end = script.indexOf('\n', at);
        at = end < 0 ? script.length() : end;
    }

    private void redirection(StringBuilder part) throws NotReadable {
        if (script.startsWith("<(", at) || script.startsWith(">(", at)) {
            int start = at;
            at += 2;
            nested();
            part.append(script, start, at);
            return;
        }
        boolean isHere = script.startsWith("<<", at);
        if (isHere && !script.startsWith("<<<", at)) {
            throw new NotReadable("it holds a here-document; write a file instead and name it");
        }
        if (isHere) {
            at += 3;
            blank(part);
            return;
        }
        Redirection.dropDescriptor(part);
        boolean writes = script.charAt(at) == '>' || script.startsWith("<>", at);
        while (at < script.length() && "<>&|".indexOf(script.charAt(at)) >= 0) {
            at++;
        }
        boolean isDuplicate = script.charAt(at - 1) == '&';
        String target = target();
        if (target.isEmpty() || (writes && !Redirection.isHarmless(target, isDuplicate))) {
            throw new NotReadable("it writes to \"" + target + "\" by redirection; use Write for files");
        }
    }

    private String target() throws NotReadable {
        while (at < script.length() && (script.charAt(at) == ' ' || script.charAt(at) == '\t')) {
            at++;
        }
        int start = at;
        while (at < script.length() && " \t\n;|&()<>".indexOf(script.charAt(at)) < 0) {
            if ("\"'`$\\".indexOf(script.charAt(at)) >= 0) {
                throw new NotReadable("the name behind a redirection is not plain");
            }
            at++;
        }
        return script.substring(start, at);
    }
}
