package dev.relais.worker.workspace;

import java.util.List;
import java.util.Locale;

/** What git's complaint about a remote means. Git has no codes for it; its words are asked for in the C locale. */
final class GitFailureRule {
    private static final List<String> AWAY = List.of("could not resolve host", "connection refused", "connection timed out",
            "connection reset", "network is unreachable", "no route to host", "operation timed out", "failed to connect",
            "couldn't connect", "early eof", "rpc failed", "returned error: 5", "returned error: 429", "unexpected disconnect",
            "connection closed", "temporary failure in name resolution", "timed out");
    private static final List<String> REFUSED = List.of("authentication failed", "could not read username",
            "could not read password", "permission denied", "terminal prompts disabled", "[remote rejected]", "[rejected]",
            "hook declined", "protected branch", "returned error: 401", "returned error: 403", "access denied", "not allowed",
            "insufficient permission", "host key verification failed", "cannot lock ref");
    private static final List<String> MISSING = List.of("does not appear to be a git repository", "not found",
            "does not exist", "couldn't find remote ref", "not our ref", "no such file or directory", "unadvertised object");

    private GitFailureRule() {}

    enum Failure {
        /** Nobody's fault; tried again. */
        AWAY,
        /** Credentials, protection, a hook. */
        REFUSED,
        /** There is no such repository or ref. */
        MISSING,
        OTHER
    }

    static Failure of(String complaint) {
        String words = complaint.toLowerCase(Locale.ROOT);
        if (AWAY.stream().anyMatch(words::contains)) {
            return Failure.AWAY;
        }
        if (REFUSED.stream().anyMatch(words::contains)) {
            return Failure.REFUSED;
        }
        return MISSING.stream().anyMatch(words::contains) ? Failure.MISSING : Failure.OTHER;
    }
}
