package dev.relais.worker.tool;

import java.util.List;

import dev.relais.schemas.event.JournalEntry.FileSeen;

/**
 * What a call came to, as the model will read it.
 *
 * @param isError the API's {@code is_error}; the text then says what to do instead
 * @param files each file read or written, with its hash afterwards
 */
public record ToolResult(String text, boolean isError, List<FileSeen> files) {
    public ToolResult {
        files = List.copyOf(files);
    }

    public static ToolResult ok(String text) {
        return new ToolResult(text, false, List.of());
    }

    public static ToolResult ok(String text, List<FileSeen> files) {
        return new ToolResult(text, false, files);
    }

    public static ToolResult error(String text) {
        return new ToolResult(text, true, List.of());
    }
}
