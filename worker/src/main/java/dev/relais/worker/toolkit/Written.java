package dev.relais.worker.toolkit;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

import dev.relais.schemas.event.JournalEntry.FileSeen;
import dev.relais.worker.policy.Secret;
import dev.relais.worker.policy.SecretRule;
import dev.relais.worker.tool.KnownFiles;
import dev.relais.worker.tool.ToolResult;
import dev.relais.worker.workspace.Workspace;

/** Puts content into a file of the workspace, which keeps its mode, and says so. */
final class Written {
    private static final int MOST_SHOWN = 10;

    private Written() {}

    /**
     * Refuses, without writing, what would bring a secret into the workspace.
     *
     * @param before empty where the file is new
     */
    static ToolResult to(Path real, String path, Content before, Content content, String said) {
        List<Secret> secrets = SecretRule.added(path, before.text(), content.text());
        if (!secrets.isEmpty()) {
            return ToolResult.error(refusal(secrets));
        }
        try {
            Path parent = real.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.write(real, content.bytes());
            return ToolResult.ok(said, List
                    .of(new FileSeen(path, content.hash(), KnownFiles.WRITTEN, before == Content.EMPTY ? null : before.hash())));
        } catch (IOException e) {
            String why = e instanceof FileSystemException system && system.getReason() != null
                    ? system.getReason()
                    : e.getClass().getSimpleName();
            return ToolResult.error(Workspace.SEEN_AS + "/" + path + " cannot be written: " + why + ".");
        }
    }

    private static String refusal(List<Secret> secrets) {
        String places = secrets.stream().limit(MOST_SHOWN).map(secret -> secret.place() + " (" + secret.kind() + ")")
                .collect(Collectors.joining(", "));
        return "Nothing was written: the content holds what looks like a secret at " + places
                + ". No secret may stand in code: read it from the environment, name the variable in .env.example with a"
                + " placeholder, and in tests make it at run time. Then write the file again.";
    }
}
