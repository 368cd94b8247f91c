package dev.relais.deploy.cli;

import java.nio.file.Path;
import java.util.Locale;

import dev.relais.schemas.event.WorkerId;
import dev.relais.schemas.setting.Settings;
import dev.relais.worker.sandbox.Sandboxes;

/**
 * Where a worker of these settings would run commands, found as the worker finds it.
 *
 * @param isFine whether it is as the operator wants it
 * @param mend what would mend it, or the empty text
 */
record SandboxLook(boolean isWalled, boolean isFine, String detail, String mend) {
    private static final String MEND = "apt-get install bubblewrap   (else Bash is refused; RELAIS_SANDBOX=none runs it without walls)";

    static SandboxLook at(Settings settings, Path data) {
        var wish = new Sandboxes.Wish(Sandboxes.Mode.valueOf(settings.sandbox().toUpperCase(Locale.ROOT)), System.getenv(), data,
                settings.sandboxRead(), settings.workspaceQuota());
        return switch (Sandboxes.look(wish, new WorkerId("doctor"))) {
            case Sandboxes.Chosen.Walled walled -> new SandboxLook(true, true, "bwrap works; " + walled.told(), "");
            case Sandboxes.Chosen.Open _ -> new SandboxLook(false, true,
                    "RELAIS_SANDBOX=none: commands of the model run on this machine without walls, as you said", "");
            case Sandboxes.Chosen.Closed closed -> new SandboxLook(false, false, "Bash is refused: " + closed.reason(), MEND);
            case Sandboxes.Chosen.Impossible(String problem) -> new SandboxLook(false, false, problem, MEND);
        };
    }
}
