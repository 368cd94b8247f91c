package dev.relais.worker.compiled;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import dev.relais.worker.persona.Markdown;
import dev.relais.worker.persona.Words;

/** A persona's text by its headings. */
record Prose(List<Section> sections) {
    Prose {
        sections = List.copyOf(sections);
    }

    /**
     * What stands below one heading, up to the next.
     *
     * @param parent the heading above that holds it, or the empty text
     * @param points its list items, each in one line
     */
    record Section(int level, String heading, String parent, List<Point> points) {
        Section {
            points = List.copyOf(points);
        }

        /** Whether its heading speaks of one of these; folded text. */
        boolean isAbout(String... words) {
            return has(heading, words);
        }

        boolean isWithin(String... words) {
            return has(parent, words);
        }

        private static boolean has(String heading, String... words) {
            String folded = " " + String.join(" ", Words.of(heading)) + " ";
            for (String word : words) {
                if (folded.contains(word)) {
                    return true;
                }
            }
            return false;
        }
    }

    /**
     * One item of a list.
     *
     * @param name its bold beginning, or the empty text
     * @param text what follows, or the whole
     */
    record Point(String name, String text) {
        String whole() {
            return name.isEmpty() ? text : name + " : " + text;
        }
    }

    List<Section> where(Predicate<Section> about) {
        return sections.stream().filter(about).toList();
    }

    static Prose of(String text) {
        var reader = new Reader();
        Markdown.lines(text).forEach(reader::line);
        reader.close();
        return new Prose(reader.sections);
    }

    private static final class Reader {
        private final List<Section> sections = new ArrayList<>();
        private final List<String> headings = new ArrayList<>();
        private final List<Point> points = new ArrayList<>();
        private String heading = "";
        private int level;

        void line(Markdown.Line line) {
            switch (line.kind()) {
                case HEADING -> heading(line.text().strip());
                case PROSE -> item(line.text());
                case FENCE, FENCED -> {
                    // Forms to fill in, not what to do.
                }
            }
        }

        private void heading(String text) {
            close();
            level = 0;
            while (level < text.length() && text.charAt(level) == '#') {
                level++;
            }
            heading = text.substring(level).strip();
            while (headings.size() < level) {
                headings.add("");
            }
            headings.subList(level - 1, headings.size()).clear();
            headings.add(heading);
        }

        void close() {
            String parent = level < 2 || headings.size() < level ? "" : headings.get(level - 2);
            if (!heading.isEmpty() || !points.isEmpty()) {
                sections.add(new Section(level, heading, parent, points));
            }
            points.clear();
        }

        private void item(String line) {
            String text = line.strip();
            int mark = marker(text);
            if (mark > 0) {
                points.add(point(text.substring(mark).strip()));
            } else if (!text.isEmpty() && !points.isEmpty() && Character.isWhitespace(line.charAt(0))) {
                Point last = points.removeLast();
                points.add(new Point(last.name(), (last.text() + " " + text).strip()));
            }
        }

        /** Where the item's text begins; 0 for what is no item. */
        private static int marker(String text) {
            int digits = 0;
            while (digits < text.length() && digits < 3 && Character.isDigit(text.charAt(digits))) {
                digits++;
            }
            boolean isNumbered = digits > 0 && digits + 1 < text.length() && ".)".indexOf(text.charAt(digits)) >= 0
                    && text.charAt(digits + 1) == ' ';
            boolean isBullet = text.length() > 1 && "-*+•".indexOf(text.charAt(0)) >= 0 && text.charAt(1) == ' ';
            return isNumbered ? digits + 1 : isBullet ? 1 : 0;
        }

        private static Point point(String item) {
            int end = item.startsWith("**") ? item.indexOf("**", 2) : -1;
            if (end < 0) {
                return new Point("", item);
            }
            String rest = item.substring(end + 2).strip();
            String text = rest.startsWith(":") ? rest.substring(1).strip() : rest;
            return new Point(item.substring(2, end).strip(), text);
        }
    }
}
