package dev.relais.worker.persona;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.relais.worker.persona.Finding.Level;
import dev.relais.worker.persona.FrontMatter.Field;

/** What reading a persona file brings up. The first refusal is the one that is told: it stands highest in the file's order of reading. */
final class Findings {
    private final List<Finding> all = new ArrayList<>();
    private final Effort effort;

    Findings(Effort effort) {
        this.effort = effort;
    }

    Effort effort() {
        return effort;
    }

    void warn(String warning) {
        all.add(new Finding(Level.WARNING, 0, 0, warning, ""));
    }

    void warn(Field field, String warning) {
        all.add(new Finding(Level.WARNING, field.line(), field.column(), field.name() + ": " + warning, ""));
    }

    void mended(int line, int column, String problem) {
        all.add(new Finding(Level.MENDED, line, column, problem, ""));
    }

    void mended(Field field, String problem) {
        mended(field.line(), field.column(), field.name() + ": " + problem);
    }

    void refuse(int line, int column, String problem, String mend) {
        all.add(new Finding(Level.ERROR, line, column, problem, mend));
    }

    void refuse(Field field, String problem, String mend) {
        refuse(field.line(), field.column(), problem, mend);
    }

    List<Finding> all() {
        return List.copyOf(all);
    }

    List<String> warnings() {
        return all.stream().filter(finding -> finding.level() != Level.ERROR).map(Finding::message).toList();
    }

    Optional<PersonaFile.Refused> refusal() {
        return all.stream().filter(finding -> finding.level() == Level.ERROR).findFirst()
                .map(first -> new PersonaFile.Refused(first.line(), first.column(), first.problem(), first.mend()));
    }
}
