package dev.relais.worker.compiled;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

import dev.relais.worker.compiled.Prose.Section;

/**
 * One rule of a persona's prose, and what stands behind it besides the model's good will.
 *
 * @param section the heading that it stands below
 * @param by what enforces or watches it, or the empty text
 */
public record ProseRule(String section, String text, Standing standing, String by) {
    public enum Standing {
        /** It cannot be broken without being caught before anything is published. */
        ENFORCED,
        /** Its breach is looked for, and spoken of by the worker where the persona is silent. */
        WATCHED,
        /** The model is asked, and nothing checks. */
        ADVISORY;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static List<ProseRule> of(Prose prose) {
        var rules = new ArrayList<ProseRule>();
        for (Section section : prose.sections()) {
            if (isProtocol(section)) {
                rules.add(marked(section, section.heading()));
            }
            if (holdsRules(section)) {
                section.points().forEach(point -> rules.add(marked(section, point.whole())));
            }
        }
        return List.copyOf(rules);
    }

    private static ProseRule marked(Section section, String text) {
        MarkRule.Mark mark = MarkRule.mark(section.heading(), text);
        return new ProseRule(section.heading(), text, mark.standing(), mark.by());
    }

    private static boolean isProtocol(Section section) {
        return section.isAbout(" banniere ", " bloc livrable ", " banner ", " deliverable block ");
    }

    /** Lists of what the persona knows or hands over are no rules; headings that say "always", "never" or "must" are. */
    private static boolean holdsRules(Section section) {
        return !HandOff.isHandOff(section) && section.isAbout(" regle", " rule", " standard", " exigence", " qualite",
                " quality", " principe", " principle", " guideline", " consigne", " constraint", " interdi", " jamais ",
                " toujours ", " never ", " always ", " must ", " do not ", " validation ", " quand escalader ",
                " qui l imposent ", " when to escalate ", " format de reponse ", " contenu de tes reponses ",
                " response format ", " output format ", " best practice", " bonnes pratiques ", " important ", " critical ");
    }
}
