package dev.relais.worker.tool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.relais.schemas.event.JournalEntry.ToolOutcome;
import dev.relais.worker.workspace.Workspace;

/** Builds a turn's outcomes: results that are too long are saved whole in the workspace and shortened for model and journal alike. */
final class Cutter {
    private static final Logger LOG = LoggerFactory.getLogger(Cutter.class);
    private static final String DIRECTORY = ".relais/output/";

    private final Workspace workspace;
    private boolean saved;

    Cutter(Workspace workspace) {
        this.workspace = workspace;
    }

    boolean hasSaved() {
        return saved;
    }

    List<ToolOutcome> outcomes(List<ToolCall> calls, List<ToolResult> results) {
        List<String> texts = results.stream().map(result -> wellFormed(result.text())).toList();
        List<CutRule.Cut> cuts = CutRule.cut(texts, CutRule.TURN_BYTES);
        var outcomes = new ArrayList<ToolOutcome>();
        for (int i = 0; i < calls.size(); i++) {
            String text = switch (cuts.get(i)) {
                case CutRule.Cut.Whole whole -> whole.text();
                case CutRule.Cut.Shortened shortened -> shortened.head() + "\n[… " + shortened.omittedBytes()
                        + " bytes left out" + whereSaved(texts.get(i)) + " …]\n" + shortened.tail();
            };
            outcomes.add(new ToolOutcome(calls.get(i).id(), text, results.get(i).isError()));
        }
        return outcomes;
    }

    /** Named by content: a turn that runs again after a crash writes the same file and says the same. */
    private String whereSaved(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        String name = DIRECTORY + HexFormat.of().formatHex(sha256(bytes), 0, 8) + ".txt";
        return switch (workspace.resolve(name)) {
            case Workspace.Resolved.Inside inside -> write(inside.real(), bytes)
                    ? "; the whole is in " + Workspace.SEEN_AS + "/" + name + ", read it in parts"
                    : "; the whole could not be saved";
            case Workspace.Resolved.Outside outside -> "; the whole could not be saved: " + outside.reason();
        };
    }

    private boolean write(Path file, byte[] bytes) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
            saved = true;
            return true;
        } catch (IOException e) {
            LOG.warn("a tool's long output could not be saved under {}", DIRECTORY, e);
            return false;
        }
    }

    /** A lone surrogate cannot be written as UTF-8. */
    private static String wellFormed(String text) {
        var clean = new StringBuilder(text.length());
        text.codePoints().forEach(point -> clean.appendCodePoint(isSurrogate(point) ? 0xFFFD : point));
        return clean.toString();
    }

    private static boolean isSurrogate(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
