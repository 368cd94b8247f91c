package dev.relais.worker.policy;

import java.util.List;

/**
 * A change that somebody must hear of, as the diff shows it.
 *
 * @param what in a few words of the persona's language, without the change's own text
 */
public record Watched(Kind kind, String path, String what) {

    /** What the persona's rules watch. */
    public enum Kind {
        DATABASE(900, "Choix de BDD structurant", "Structuring database choice"),
        SENSITIVE(901, "Fonctionnalité sensible (auth, paiement)", "Sensitive feature (auth, payment, personal data)"),
        API_CONTRACT(902, "Contrat d'API à renégocier", "API contract to renegotiate");

        private final int place;
        private final String inFrench;
        private final String inEnglish;

        Kind(int place, String french, String english) {
            this.place = place;
            this.inFrench = french;
            this.inEnglish = english;
        }

        /** Where its alert is raised: beyond any call's place in a reply, and before the reply as a whole. Journals hold it. */
        int place() {
            return place;
        }

        /** How a persona's table may word the situation; the first is how it is called where the table has no row for it. */
        public List<String> phrases() {
            return List.of(inFrench, inEnglish);
        }
    }

    public String line() {
        return path + " : " + what;
    }
}
