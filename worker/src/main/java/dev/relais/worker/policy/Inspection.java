package dev.relais.worker.policy;

import java.util.List;

import dev.relais.schemas.event.DeliverablePublished.DeliveredFile;

/**
 * What a deliverable's diff shows: a function of the workspace and the persona's language, so that whoever resumes the run finds the same.
 *
 * @param changes of files, as the git diff has them; {@code claimed} is false throughout
 * @param secrets that the change adds
 * @param watched what somebody must hear of
 * @param unseen paths whose content was not looked at: binary, or too large
 */
public record Inspection(List<DeliveredFile> changes, List<Secret> secrets, List<Watched> watched, List<String> unseen) {
    public static final Inspection NOTHING = new Inspection(List.of(), List.of(), List.of(), List.of());

    public Inspection {
        changes = List.copyOf(changes);
        secrets = List.copyOf(secrets);
        watched = List.copyOf(watched);
        unseen = List.copyOf(unseen);
    }
}
