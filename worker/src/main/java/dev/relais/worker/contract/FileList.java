package dev.relais.worker.contract;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.relais.worker.persona.Words;
import dev.relais.worker.workspace.Workspace;

/**
 * The paths that a "Fichiers" field names: between commas, semicolons, bars, arrows or on lines of their own, in backticks or bare, with remarks around
 * them. What looks like no path is a remark.
 */
final class FileList {
    private static final Set<String> NONE = Set.of("aucun", "aucune", "neant", "none", "rien", "n a", "na", "vide");
    private static final Set<String> BARE_NAMES = Set.of("dockerfile", "makefile", "procfile", "license", "readme", "caddyfile",
            "gemfile",
            "jenkinsfile", "gradlew", "mvnw", "containerfile", "justfile", "changelog", "codeowners");

    private FileList() {}

    /** Whether the field says in so many words that there are none. */
    static boolean saysNone(List<String> lines) {
        String text = String.join(" ", lines).strip();
        List<String> words = Words.of(text);
        return words.isEmpty() ? !text.isEmpty() : NONE.contains(words.getFirst()) || NONE.contains(String.join(" ", words));
    }

    static List<String> of(List<String> lines) {
        if (saysNone(lines)) {
            return List.of();
        }
        var paths = new LinkedHashSet<String>();
        for (String line : lines) {
            for (String item : items(link(Plain.unmarked(line)))) {
                item(item, paths);
            }
        }
        return List.copyOf(paths);
    }

    /** Splits outside parentheses and braces, and drops what stands in parentheses; backticks keep whatever they hold together. */
    private static List<String> items(String line) {
        var items = new ArrayList<String>();
        var item = new StringBuilder();
        int round = 0;
        int curly = 0;
        boolean isQuoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            isQuoted ^= c == '`';
            if (!isQuoted && c == '(') {
                round++;
            } else if (!isQuoted && c == ')') {
                round = Math.max(0, round - 1);
            } else if (round == 0) {
                curly = Math.max(0, curly + (c == '{' ? 1 : c == '}' ? -1 : 0));
                if (!isQuoted && curly == 0 && ",;|→⇒".indexOf(c) >= 0) {
                    items.add(item.toString());
                    item.setLength(0);
                } else {
                    item.append(c);
                }
            }
        }
        items.add(item.toString());
        return items;
    }

    private static void item(String item, Set<String> paths) {
        String text = item.strip();
        if (text.indexOf('`') >= 0) {
            quoted(beforeRemark(text), paths);
            return;
        }
        String plain = beforeRemark(text);
        if (plain.startsWith("\"") && plain.endsWith("\"") && plain.length() > 2) {
            add(plain.substring(1, plain.length() - 1), paths);
            return;
        }
        for (String word : plain.split("[\\s\"«»]+", -1)) {
            if (looksLikePath(word)) {
                add(word, paths);
            }
        }
    }

    private static void quoted(String text, Set<String> paths) {
        String[] parts = text.split("`", -1);
        for (int i = 1; i < parts.length; i += 2) {
            add(parts[i], paths);
        }
    }

    /** A dash with spaces around it begins a remark, unless nothing stands before it. */
    private static String beforeRemark(String text) {
        int end = text.length();
        for (String dash : List.of(" — ", " – ", " - ", " : ")) {
            int at = text.indexOf(dash);
            boolean isAfterPath = at > 0 && (text.lastIndexOf('`', at) >= 0 || hasPath(text.substring(0, at)));
            if (isAfterPath) {
                end = Math.min(end, at);
            }
        }
        return text.substring(0, end).strip();
    }

    private static boolean hasPath(String text) {
        for (String word : text.split("\\s+", -1)) {
            if (looksLikePath(word)) {
                return true;
            }
        }
        return false;
    }

    private static boolean looksLikePath(String word) {
        String path = trimmed(word);
        if (path.isEmpty() || path.contains("://")) {
            return false;
        }
        int dot = path.lastIndexOf('.');
        boolean hasExtension = dot >= 0 && dot < path.length() - 1 && path.length() - dot <= 12
                && !Character.isWhitespace(path.charAt(dot + 1));
        boolean hasLetter = path.chars().anyMatch(Character::isLetter);
        boolean hasFolder = path.length() > 1 && path.indexOf('/') >= 0;
        return hasLetter && (hasFolder || hasExtension || BARE_NAMES.contains(Words.fold(path)));
    }

    private static void add(String written, Set<String> paths) {
        String path = trimmed(written);
        if (path.startsWith(Workspace.SEEN_AS + "/")) {
            path = path.substring(Workspace.SEEN_AS.length() + 1);
        }
        while (path.startsWith("./")) {
            path = path.substring(2);
        }
        int open = path.indexOf('{');
        int close = path.indexOf('}', Math.max(open, 0));
        if (open >= 0 && close > open && path.substring(open, close).contains(",")) {
            for (String alternative : path.substring(open + 1, close).split(",", -1)) {
                paths.add(path.substring(0, open) + alternative.strip() + path.substring(close + 1));
            }
        } else if (!path.isEmpty()) {
            paths.add(path);
        }
    }

    /** Without the punctuation around it and a line number behind it. */
    private static String trimmed(String word) {
        int start = 0;
        int end = word.length();
        while (start < end && "*'’[<+ ".indexOf(word.charAt(start)) >= 0 && !Plain.beginsPattern(word, start)) {
            start++;
        }
        while (end > start && ".,;:*'’]>! ".indexOf(word.charAt(end - 1)) >= 0) {
            end--;
        }
        int colon = word.lastIndexOf(':', end);
        boolean isPlace = colon > start && colon < end - 1
                && word.substring(colon + 1, end).chars().allMatch(c -> Character.isDigit(c) || c == '-');
        return word.substring(start, isPlace ? colon : end);
    }

    /** Markdown links: {@code [src/a.ts](src/a.ts)} is its first part, in backticks. */
    private static String link(String line) {
        if (!line.contains("](")) {
            return line;
        }
        var text = new StringBuilder();
        int at = 0;
        while (at < line.length()) {
            int open = line.indexOf('[', at);
            int middle = open < 0 ? -1 : line.indexOf("](", open);
            int close = middle < 0 ? -1 : line.indexOf(')', middle);
            if (close < 0) {
                break;
            }
            text.append(line, at, open).append('`').append(line.substring(open + 1, middle).replace("`", "")).append('`');
            at = close + 1;
        }
        return text.append(line.substring(at)).toString();
    }
}
