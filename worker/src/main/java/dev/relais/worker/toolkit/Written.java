package dev.relais.worker.toolkit;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.relais.schemas.event.JournalEntry.FileSeen;
import dev.relais.worker.tool.KnownFiles;
import dev.relais.worker.tool.ToolResult;
import dev.relais.worker.workspace.Workspace;

/** Puts content into a file of the workspace, which keeps its mode, and says so. */
final class Written {
    private Written() {}

    static ToolResult to(Path real, String path, Content content, String said) {
        try {
            Path parent = real.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.write(real, content.bytes());
            return ToolResult.ok(said, List.of(new FileSeen(path, content.hash(), KnownFiles.WRITTEN)));
        } catch (IOException e) {
            String why = e instanceof FileSystemException system && system.getReason() != null
                    ? system.getReason()
                    : e.getClass().getSimpleName();
            return ToolResult.error(Workspace.SEEN_AS + "/" + path + " cannot be written: " + why + ".");
        }
    }
}
