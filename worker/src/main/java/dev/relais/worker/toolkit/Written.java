package dev.relais.worker.toolkit;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
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
     * Refuses, without writing, what would bring a secret into the workspace, or is larger than what can be read again.
     *
     * @param before empty where the file is new
     * @throws InterruptedException where the run was stopped meanwhile
     */
    static ToolResult to(Path real, String path, Content before, Content content, String said) throws InterruptedException {
        if (content.size() > WorkspaceFile.LARGEST) {
            return ToolResult.error("Nothing was written: the content is larger than " + (WorkspaceFile.LARGEST >> 20)
                    + " MiB. Write it in parts with Bash.");
        }
        List<Secret> secrets = SecretRule.added(path, before.visible(), content.visible());
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
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw (InterruptedException) new InterruptedException("stopped while a file was written").initCause(e);
        } catch (IOException e) {
            return ToolResult.error(Workspace.SEEN_AS + "/" + path + " cannot be written: " + why(e) + ".");
        }
    }

    private static String why(IOException e) {
        return switch (e) {
            case AccessDeniedException _ ->
                "permission denied. Its mode, or its directory's, forbids it; Bash may change that (chmod)";
            case FileSystemException system when system.getReason() != null -> system.getReason();
            default -> e.getClass().getSimpleName();
        };
    }

    private static String refusal(List<Secret> secrets) {
        String places = secrets.stream().limit(MOST_SHOWN).map(secret -> secret.place() + " (" + secret.kind() + ")")
                .collect(Collectors.joining(", "));
        return "Nothing was written: the content holds what looks like a secret at " + places
                + ". No secret may stand in code: read it from the environment, name the variable in .env.example with a"
                + " placeholder, and in tests make it at run time. Then write the file again.";
    }
}
