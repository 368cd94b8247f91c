package dev.relais.worker.policy;

import java.util.List;
import java.util.stream.Stream;

import dev.relais.worker.persona.Language;
import dev.relais.worker.persona.Phrase;

/**
 * A change that somebody must hear of, as the diff shows it.
 *
 * @param what in a few words of the persona's language, without the change's own text
 */
public record Watched(Kind kind, String path, String what) {

    /** What the persona's rules watch. */
    public enum Kind {
        DATABASE(900, Phrase.DATABASE),
        SENSITIVE(901, Phrase.SENSITIVE),
        API_CONTRACT(902, Phrase.API_CONTRACT_CHANGE);

        private final int place;
        private final Phrase phrase;

        Kind(int place, Phrase phrase) {
            this.place = place;
            this.phrase = phrase;
        }

        /** Where its alert is raised: beyond any call's place in a reply, and before the reply as a whole. Journals hold it. */
        int place() {
            return place;
        }

        /** How a persona's table may word the situation; the first, in its own language, is how it is called where the table has no row for it. */
        List<String> phrases(Language own) {
            Stream<Language> others = Stream.of(Language.values()).filter(language -> language != own);
            return Stream.concat(Stream.of(own), others).map(language -> language.say(phrase)).toList();
        }
    }

    public String line(Language language) {
        return language.say(Phrase.WATCHED, path, what);
    }
}
