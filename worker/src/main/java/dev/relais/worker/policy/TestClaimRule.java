package dev.relais.worker.policy;

import java.util.List;

import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;

import dev.relais.worker.persona.Words;

/** Holds what a reply says about its tests against the commands that really ran. */
public final class TestClaimRule {
    private static final Pattern TESTS = Pattern.compile(
            "(?:^|[\\s/:;&|(])(?:tests?|pytest|jest|vitest|mocha|tox|nox|ctest|rspec|phpunit|ava|playwright|cypress|unittest|check|verify)(?:[\\s/:._-]|$)|[/_.-]tests?\\.(?:sh|py|js|ts|mjs)\\b|\\bnpm t\\b");
    private static final Pattern CLAIM = Pattern.compile(
            "\\btests?\\b[^.;\\n]{0,60}\\b(?:passent|passe|passes|reussis|reussissent|reussi|reussie|reussies|au vert|verts|pass|passed|passing|green|succeed|ok)\\b"
                    + "|\\b(?:tous les|all|\\d+(?:/| sur )\\d+) tests?\\b[^.;\\n]{0,40}\\b(?:pass|passent|verts|ok|reussis)");
    private static final Pattern DENIAL = Pattern.compile(
            "\\b(?:pas|aucun|echou\\w*|echec|sans|not|fail\\w*|never|jamais|impossible|devraient|should|doivent|avant que|pour que)\\b");

    private TestClaimRule() {}

    /** What the reply's word is worth. */
    public sealed interface Claim {
        /** The reply does not say that tests pass. */
        record None() implements Claim {}

        record Supported(String evidence) implements Claim {}

        /** Nothing that ran bears it out, or what ran says otherwise. */
        record Unsupported(String evidence) implements Claim {}
    }

    public static boolean isTest(String command) {
        return TESTS.matcher(command).find();
    }

    /** @param accepted the acceptance commands that passed */
    public static Claim judge(String reply, @Nullable TestRun last, List<String> accepted) {
        if (!claims(reply)) {
            return new Claim.None();
        }
        boolean isAccepted = accepted.stream().anyMatch(TestClaimRule::isTest);
        if (isAccepted) {
            return new Claim.Supported("tests: the reply says that they pass; an acceptance command ran them, and they do");
        }
        if (last == null) {
            return new Claim.Unsupported("tests: the reply says that they pass, but no command ran any");
        }
        if (!last.passed()) {
            return new Claim.Unsupported(
                    "tests: the reply says that they pass, but the last run, `" + brief(last.command()) + "`, failed");
        }
        return new Claim.Supported("tests: the reply says that they pass; `" + brief(last.command()) + "` ended without an error"
                + (last.changedSince() ? ", and files were written after it" : ""));
    }

    /** Sentence by sentence: one that speaks of tests, of success, and of nothing that takes it back. */
    static boolean claims(String reply) {
        for (String sentence : Words.fold(reply).split("[.;!\\n]", -1)) {
            // The patterns cost most, and hold of no sentence without the word.
            if (sentence.contains("test") && CLAIM.matcher(sentence).find() && !DENIAL.matcher(sentence).find()) {
                return true;
            }
        }
        return false;
    }

    private static String brief(String command) {
        String line = command.lines().findFirst().orElse("").strip();
        return line.length() > 120 ? line.substring(0, 119) + "…" : line;
    }
}
