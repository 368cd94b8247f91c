package dev.relais.worker.policy;

import java.util.List;

/**
 * What a deliverable's diff shows: a function of the workspace alone, so that whoever resumes the run finds the same.
 *
 * @param files changed
 * @param secrets that the change adds
 * @param watched what somebody must hear of
 * @param unseen paths whose content was not looked at: binary, or too large
 */
public record Inspection(int files, List<Secret> secrets, List<Watched> watched, List<String> unseen) {
    public static final Inspection NOTHING = new Inspection(0, List.of(), List.of(), List.of());

    public Inspection {
        secrets = List.copyOf(secrets);
        watched = List.copyOf(watched);
        unseen = List.copyOf(unseen);
    }
}
