package dev.relais.worker.compiled;

import java.util.List;
import java.util.Set;

import dev.relais.worker.compiled.ProseRule.Standing;
import dev.relais.worker.persona.Words;

/** What stands behind a rule, by the words with which a persona puts it. Where nothing is found the rule is advisory: none is called kept that is not. */
final class MarkRule {
    private static final Set<String> SECRETS = Set.of("secret", "secrets", "credential", "credentials", "password", "passwords");
    private static final Set<String> IN_CODE = Set.of("dur", "code", "hardcode", "hardcoded", "hard", "commit", "commits", "repo",
            "repository", "depot");
    private static final Set<String> DATABASE = Set.of("bdd", "database", "databases", "db");
    private static final Set<String> DECISION = Set.of("choix", "structurant", "decision", "choice", "consulte", "consulter",
            "consult", "engine", "architecte");
    private static final Set<String> CONTRACT = Set.of("contrat", "contrats", "contract", "contracts");
    private static final Set<String> SENSITIVE = Set.of("sensible", "sensibles", "sensitive", "paiement", "payment", "payments");
    private static final Set<String> COORDINATION = Set.of("coordonne", "coordonner", "evoluer", "renegocier", "coordinate",
            "change", "frontend", "agree", "breaking");

    private MarkRule() {}

    record Mark(Standing standing, String by) {}

    static Mark mark(String heading, String rule) {
        String title = " " + String.join(" ", Words.of(heading)) + " ";
        List<String> words = Words.of(rule);
        if (title.contains(" banniere ") || title.contains(" banner ")) {
            return enforced("a reply without the banner is sent back once, then published as unverified");
        }
        if (title.contains(" bloc livrable ") || title.contains(" deliverable block ")) {
            return enforced("a reply without the block is sent back once, then published as unverified");
        }
        if (title.contains(" validation ") && words.size() > 1 && words.getFirst().equals("mode")) {
            return enforced("the coordinator holds or publishes the deliverable by the task's mode");
        }
        return byWords(words);
    }

    private static Mark byWords(List<String> words) {
        boolean isDatabase = any(words, DATABASE) || String.join(" ", words).contains("base de donnees");
        if (any(words, SECRETS) && any(words, IN_CODE)) {
            return enforced("every write and the final diff are scanned; a secret that stays fails the task");
        }
        if (isDatabase && any(words, DECISION)) {
            return watched("a new engine, a migration or a changed schema in the diff");
        }
        if (any(words, CONTRACT) && words.contains("api") && any(words, COORDINATION)) {
            return watched("the OpenAPI files before and after");
        }
        boolean isPersonal = String.join(" ", words).contains("donnees personnelles")
                || String.join(" ", words).contains("personal data");
        return any(words, SENSITIVE) || isPersonal
                ? watched("authentication, payment and personal data in the diff's paths, dependencies and symbols")
                : new Mark(Standing.ADVISORY, "");
    }

    private static boolean any(List<String> words, Set<String> of) {
        return words.stream().anyMatch(of::contains);
    }

    private static Mark enforced(String by) {
        return new Mark(Standing.ENFORCED, by);
    }

    private static Mark watched(String by) {
        return new Mark(Standing.WATCHED, by);
    }
}
