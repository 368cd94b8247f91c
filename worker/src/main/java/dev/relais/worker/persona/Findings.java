package dev.relais.worker.persona;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.relais.worker.persona.FrontMatter.Field;

/** What reading a persona file brings up. The first refusal is the one that is told: it stands highest in the file's order of reading. */
final class Findings {
    private final List<String> warnings = new ArrayList<>();
    private final List<PersonaFile.Refused> refusals = new ArrayList<>();

    void warn(String warning) {
        warnings.add(warning);
    }

    void warn(Field field, String warning) {
        warnings.add("line " + field.line() + ", " + field.name() + ": " + warning);
    }

    void refuse(int line, int column, String problem, String mend) {
        refusals.add(new PersonaFile.Refused(line, column, problem, mend));
    }

    void refuse(Field field, String problem, String mend) {
        refuse(field.line(), field.column(), problem, mend);
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }

    Optional<PersonaFile.Refused> refusal() {
        return refusals.stream().findFirst();
    }
}
