package dev.relais.worker.run;

import java.util.ArrayList;
import java.util.List;

import dev.relais.schemas.event.DeliverablePublished;
import dev.relais.schemas.event.DeliverablePublished.DeliveredFile;
import dev.relais.schemas.event.JournalEntry.ToolOutcome;
import dev.relais.schemas.event.WorkDispatched;
import dev.relais.worker.persona.Language;
import dev.relais.worker.policy.AcceptanceRule;
import dev.relais.worker.policy.FileClaimRule;
import dev.relais.worker.policy.Inspection;
import dev.relais.worker.policy.TestClaimRule;
import dev.relais.worker.policy.Watched;

/** What a deliverable's checks came to, line by line, and what is left of its claim to be done (docs/0007). */
final class EvidenceRule {
    private static final int MOST = 20;

    private EvidenceRule() {}

    /** @param status of the deliverable: a claim to be done that the checks do not bear out is unverified */
    record Verified(String status, List<String> evidence) {
        Verified {
            evidence = List.copyOf(evidence);
        }
    }

    /** @param language of the persona, in which a watched change is worded */
    static Verified of(String status, Step.Deliver deliver, RunState state, WorkDispatched work, Language language) {
        List<String> commands = work.request().acceptance();
        var evidence = new ArrayList<String>(files(deliver.files(), state.checks()));
        evidence.addAll(inspection(deliver.inspection(), language));
        List<ToolOutcome> results = state.checks().acceptance();
        if (!commands.isEmpty() && results.isEmpty()) {
            evidence.add("acceptance: not run, for the reply says that it waits");
        }
        evidence.addAll(AcceptanceRule.evidence(commands, results));
        if (state.checks().returns() > 0) {
            evidence.add("acceptance: failures went back to the persona, times: " + state.checks().returns());
        }
        boolean isBorneOut = deliver.files().unfounded().isEmpty()
                && (results.isEmpty() || AcceptanceRule.passed(results));
        switch (TestClaimRule.judge(deliver.text(), state.checks().lastTests(), AcceptanceRule.passing(commands, results))) {
            case TestClaimRule.Claim.None _ -> {
            }
            case TestClaimRule.Claim.Supported(String line) -> evidence.add(line);
            case TestClaimRule.Claim.Unsupported(String line) -> {
                evidence.add(line);
                isBorneOut = false;
            }
        }
        boolean isLowered = status.equals(DeliverablePublished.COMPLETED) && !isBorneOut;
        return new Verified(isLowered ? DeliverablePublished.UNVERIFIED : status, evidence);
    }

    private static List<String> files(FileClaimRule.Held held, Checks checks) {
        List<DeliveredFile> changed = held.files().stream().filter(file -> !file.change().equals(FileClaimRule.UNCHANGED))
                .toList();
        long both = changed.stream().filter(DeliveredFile::claimed).count();
        var lines = new ArrayList<String>();
        lines.add("files: " + changed.size() + " changed, " + both + " of them named in the block");
        held.unfounded().stream().limit(MOST)
                .forEach(path -> lines.add("files: " + path + " is named in the block and did not change"));
        changed.stream().filter(file -> !file.claimed()).limit(MOST)
                .forEach(file -> lines.add("files: " + file.path() + " changed and is not named in the block"));
        if (checks.toldOfFiles()) {
            lines.add("files: named ones that did not change went back to the persona once");
        }
        return lines;
    }

    private static List<String> inspection(Inspection inspection, Language language) {
        if (inspection.changes().isEmpty()) {
            return List.of();
        }
        var lines = new ArrayList<String>();
        lines.add("secrets: none found in " + inspection.changes().size() + " changed files");
        inspection.unseen().stream().limit(MOST).forEach(path -> lines.add("secrets: not looked at: " + path));
        inspection.watched().stream().map(watched -> line(watched, language)).distinct().limit(MOST).forEach(lines::add);
        return lines;
    }

    private static String line(Watched watched, Language language) {
        String kind = switch (watched.kind()) {
            case DATABASE -> "database";
            case SENSITIVE -> "sensitive";
            case API_CONTRACT -> "api contract";
        };
        return "watched, " + kind + ": " + watched.line(language);
    }
}
