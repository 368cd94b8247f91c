package dev.relais.worker.compiled;

import java.util.ArrayList;
import java.util.List;

import dev.relais.worker.compiled.Prose.Section;
import dev.relais.worker.persona.HandOffOrder;

/**
 * What a persona takes over, gives back and keeps, by the lists of its own file.
 *
 * @param incoming what the first message gives it
 * @param outgoing what its deliverable holds
 * @param preserved the points that an escalation carries
 */
public record HandOff(List<Field> incoming, List<Field> outgoing, List<Field> preserved) {
    public HandOff {
        incoming = List.copyOf(incoming);
        outgoing = List.copyOf(outgoing);
        preserved = List.copyOf(preserved);
    }

    /** @param name as the file words it, or the empty text for an item without one */
    public record Field(String name, String text) {}

    static HandOff of(Prose prose) {
        return new HandOff(fields(prose.where(HandOff::isIncoming)), fields(prose.where(HandOff::isOutgoing)),
                fields(prose.where(HandOff::isPreserved)));
    }

    /** Whether rules are looked for elsewhere. */
    static boolean isHandOff(Section section) {
        return isIncoming(section) || isOutgoing(section) || isPreserved(section);
    }

    private static boolean isIncoming(Section section) {
        return HandOffOrder.isHeading(section.heading());
    }

    private static boolean isOutgoing(Section section) {
        return section.isAbout(" sortie produite ", " tu rends ", " expected output", " output produced ", " you hand over ",
                " you return ");
    }

    private static boolean isPreserved(Section section) {
        return section.isAbout(" preserver le contexte ", " contexte a transmettre ", " preserve the context ",
                " preserve context ", " context to ");
    }

    private static List<Field> fields(List<Section> sections) {
        var fields = new ArrayList<Field>();
        sections.forEach(section -> section.points().forEach(point -> fields.add(new Field(point.name(), point.text()))));
        return fields;
    }
}
