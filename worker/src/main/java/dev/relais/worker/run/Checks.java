package dev.relais.worker.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.relais.schemas.event.InputKind;
import dev.relais.schemas.event.JournalEntry;
import dev.relais.schemas.event.JournalEntry.ToolOutcome;
import dev.relais.worker.policy.TestClaimRule;
import dev.relais.worker.policy.TestRun;
import dev.relais.worker.tool.ToolCall;

/**
 * What the worker has checked and said about the work so far, from the entries alone.
 *
 * @param askedToEscalate whether the persona was told that a blocked reply must escalate, since it last heard anybody else; so the next three
 * @param toldOfSecrets whether it was told of secrets in its deliverable
 * @param toldOfFiles whether it was told of files in its block that the diff does not show
 * @param returns how often failed acceptance commands went back to it
 * @param acceptance results of the acceptance commands on the last reply; empty where they have not run on it
 * @param spoken situations that somebody was told of or asked about
 * @param lastTests the persona's last run of tests, or null before any
 */
record Checks(boolean askedToEscalate, boolean toldOfSecrets, boolean toldOfFiles, int returns, List<ToolOutcome> acceptance,
        List<String> spoken,
        @Nullable TestRun lastTests) {
    static final Checks NONE = new Checks(false, false, false, 0, List.of(), List.of(), null);
    /** Begin the ids of what the worker says. */
    static final String ESCALATE = "worker/escalate";
    static final String SECRETS = "worker/secrets";
    static final String FILES = "worker/files";
    static final String ACCEPTANCE = "worker/acceptance";

    Checks {
        acceptance = List.copyOf(acceptance);
        spoken = List.copyOf(spoken);
    }

    Checks heard(JournalEntry.Heard heard) {
        if (heard.kind() != InputKind.WORKER) {
            return new Checks(false, false, false, 0, acceptance, spoken, lastTests);
        }
        String input = heard.input();
        return new Checks(askedToEscalate || input.startsWith(ESCALATE), toldOfSecrets || input.startsWith(SECRETS),
                toldOfFiles || input.startsWith(FILES),
                returns + (input.startsWith(ACCEPTANCE) ? 1 : 0), acceptance, spoken, lastTests);
    }

    Checks replied() {
        return new Checks(askedToEscalate, toldOfSecrets, toldOfFiles, returns, List.of(), spoken, lastTests);
    }

    Checks accepted(List<ToolOutcome> results) {
        return new Checks(askedToEscalate, toldOfSecrets, toldOfFiles, returns, results, spoken, lastTests);
    }

    Checks told(String situation) {
        var all = new ArrayList<>(spoken);
        all.add(situation);
        return new Checks(askedToEscalate, toldOfSecrets, toldOfFiles, returns, acceptance, all, lastTests);
    }

    /** @param results by the calls' places */
    Checks ran(List<ToolCall> calls, Map<Integer, ToolOutcome> results) {
        TestRun last = lastTests;
        for (ToolCall call : calls) {
            ToolOutcome result = results.get(call.place());
            String command = call.input().path("command").asText();
            if (result != null && call.name().equals("Bash") && TestClaimRule.isTest(command)) {
                last = new TestRun(command, !result.isError(), false);
            } else if (result != null && !result.isError() && last != null
                    && (call.name().equals("Write") || call.name().equals("Edit"))) {
                last = last.changed();
            }
        }
        return new Checks(askedToEscalate, toldOfSecrets, toldOfFiles, returns, acceptance, spoken, last);
    }
}
