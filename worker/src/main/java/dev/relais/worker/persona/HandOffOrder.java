package dev.relais.worker.persona;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.relais.worker.persona.Markdown.Kind;
import dev.relais.worker.persona.Markdown.Line;

/** In which order a persona's file names what it takes over. */
public final class HandOffOrder {
    private static final List<String> HEADINGS = List.of(" entree attendue ", " tu recois ", " expected input", " you receive ");

    private static final Remembered<List<Part>> READ = new Remembered<>(HandOffOrder::read);

    private HandOffOrder() {}

    /** What a request may bring, in the order in which it is said where the file has none. */
    enum Part {
        CONTEXT,
        CONSTRAINTS,
        EXPECTED;

        private Set<String> names() {
            return switch (this) {
                case CONTEXT -> Set.of("contexte", "context");
                case CONSTRAINTS -> Set.of("contraintes", "contrainte", "constraints", "constraint");
                case EXPECTED -> Set.of("livrables", "livrable", "deliverables", "deliverable");
            };
        }
    }

    /** Whether what stands below the heading is what the persona takes over. */
    public static boolean isHeading(String heading) {
        String folded = " " + String.join(" ", Words.of(heading)) + " ";
        return HEADINGS.stream().anyMatch(folded::contains);
    }

    /** @return each part once: those that the list below such a heading names, then the others */
    static List<Part> of(String text) {
        return READ.of(text);
    }

    private static List<Part> read(String text) {
        var order = new LinkedHashSet<Part>();
        boolean isBelow = false;
        for (Line line : Markdown.lines(text)) {
            if (line.kind() == Kind.HEADING) {
                isBelow = isHeading(line.text());
            } else if (isBelow && line.kind() == Kind.PROSE) {
                named(line.text(), order);
            }
        }
        order.addAll(List.of(Part.values()));
        return List.copyOf(order);
    }

    /** An item's name is what stands before its colon: "- **Expected deliverables**: an API". */
    private static void named(String item, Set<Part> order) {
        int colon = item.indexOf(':');
        if (colon < 0) {
            return;
        }
        List<String> words = Words.of(item.substring(0, colon));
        for (Part part : Part.values()) {
            if (words.stream().anyMatch(part.names()::contains)) {
                order.add(part);
                return;
            }
        }
    }
}
