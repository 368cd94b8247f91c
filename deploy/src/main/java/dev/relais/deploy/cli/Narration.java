package dev.relais.deploy.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;

import dev.relais.deploy.cli.Screen.Tint;
import dev.relais.schemas.event.Conclusion;
import dev.relais.schemas.event.EscalationRaised;
import dev.relais.schemas.event.InputKind;
import dev.relais.schemas.event.JournalEntry;
import dev.relais.schemas.wire.Extension;

/** Tells a task's journal, entry by entry, as lines. It follows the current epoch and its owner, and leaves out what others write. */
final class Narration {
    private static final int BRIEF_TEXT = 140;
    private static final int FULL_RESULT_LINES = 12;

    /** How much is told. */
    enum Detail {
        BRIEF,
        FULL
    }

    /** One line, without its line feed. */
    record Line(Tint tint, String text) {}

    private final Detail detail;
    private int epoch = -1;
    private String owner = "";
    private int next;
    private int turn;

    Narration(Detail detail) {
        this.detail = detail;
    }

    /** Model replies so far. */
    int turns() {
        return turn;
    }

    /** @param seen a record of the journal about the task */
    List<Line> tell(Seen seen) {
        if (!(seen.data() instanceof JournalEntry entry) || !isCurrent(seen)) {
            return List.of();
        }
        return switch (entry) {
            case JournalEntry.Claimed claimed -> List.of(new Line(Tint.FAINT,
                    (epoch == 1 ? "▶ taken by " : "▶ goes on, epoch " + epoch + ", taken by ") + owner + " on "
                            + claimed.host()));
            case JournalEntry.Heard heard -> heard(heard);
            case JournalEntry.Replied replied -> replied(replied);
            case JournalEntry.ToolsRan ran -> ran(ran);
            case JournalEntry.Alerted(var escalation) ->
                List.of(new Line(Tint.WAITING,
                        "⚠ asks " + whom(escalation) + ": " + Screen.oneLine(escalation.situation(), BRIEF_TEXT)));
            case JournalEntry.Yielded yielded ->
                List.of(new Line(Tint.FAINT, "⏸ let go: " + Screen.oneLine(yielded.reason(), BRIEF_TEXT)));
            case JournalEntry.Concluded(Conclusion conclusion) -> concluded(conclusion);
        };
    }

    private boolean isCurrent(Seen seen) {
        int itsEpoch = number(seen.extension(Extension.EPOCH));
        int sequence = number(seen.extension(Extension.SEQUENCE));
        String itsOwner = seen.extension(Extension.OWNER);
        if (itsEpoch > epoch && sequence == 0) {
            epoch = itsEpoch;
            owner = itsOwner;
            next = 0;
        }
        if (itsEpoch != epoch || !itsOwner.equals(owner) || sequence != next) {
            return false;
        }
        next++;
        return true;
    }

    private static int number(String text) {
        return text.chars().allMatch(Character::isDigit) && !text.isEmpty() && text.length() < 10 ? Integer.parseInt(text) : -1;
    }

    private List<Line> heard(JournalEntry.Heard heard) {
        String kind = heard.kind().name().toLowerCase(Locale.ROOT);
        var lines = new ArrayList<Line>();
        List<String> missing = heard.missing();
        if (missing != null) {
            lines.add(new Line(Tint.WAITING, "⚠ the request does not give what the persona calls blocking: "
                    + Screen.oneLine(String.join(", ", missing), BRIEF_TEXT)));
        }
        if (heard.kind() == InputKind.REQUEST && detail == Detail.BRIEF) {
            return lines;
        }
        lines.add(new Line(Tint.WAITING, "« " + kind + ": " + Screen.oneLine(heard.text(), BRIEF_TEXT)));
        if (detail == Detail.FULL) {
            Screen.plain(heard.text()).strip().lines().skip(1).forEach(line -> lines.add(new Line(Tint.FAINT, "    " + line)));
        }
        return lines;
    }

    private List<Line> replied(JournalEntry.Replied replied) {
        turn++;
        var lines = new ArrayList<Line>();
        lines.add(new Line(Tint.STRONG, "turn " + turn + " · " + Spans.text(Duration.ofMillis(replied.millis())) + " · "
                + Figures.tokens(replied.usage()) + (replied.costUsd() == null ? "" : " · " + Figures.cost(replied.costUsd()))));
        for (JsonNode block : replied.content()) {
            switch (block.path("type").asText()) {
                case "text" -> lines.addAll(text(block.path("text").asText()));
                case "tool_use" -> lines.add(new Line(Tint.ACTION, "  → " + call(block)));
                default -> {
                }
            }
        }
        return lines;
    }

    private List<Line> text(String text) {
        if (detail == Detail.FULL) {
            return Screen.plain(text).strip().lines().map(line -> new Line(Tint.FAINT, "  " + line)).toList();
        }
        // The banner and the block are shown at the end; what is said between them is the news.
        return Screen.plain(text).lines().map(String::strip)
                .filter(line -> line.length() > 20 && !line.startsWith("━") && !line.startsWith("─") && !line.startsWith("⚡")
                        && !line.startsWith("Modèle :"))
                .limit(1).map(line -> new Line(Tint.FAINT, "  " + Screen.oneLine(line, BRIEF_TEXT))).toList();
    }

    private static String call(JsonNode block) {
        JsonNode input = block.path("input");
        String name = Screen.oneLine(block.path("name").asText(), 40);
        for (String telling : List.of("file_path", "command", "pattern", "situation", "path")) {
            if (input.path(telling).isTextual()) {
                return name + " " + Screen.oneLine(input.path(telling).asText(), BRIEF_TEXT);
            }
        }
        return name + " " + Screen.oneLine(input.toString(), BRIEF_TEXT);
    }

    private List<Line> ran(JournalEntry.ToolsRan ran) {
        var lines = new ArrayList<Line>();
        for (var result : ran.results()) {
            Tint tint = result.isError() ? Tint.BAD : Tint.GOOD;
            String sign = result.isError() ? "  ✗ " : "  ✓ ";
            lines.add(new Line(tint, sign + Screen.oneLine(result.content(), BRIEF_TEXT)));
            if (detail == Detail.FULL) {
                Screen.plain(result.content()).strip().lines().skip(1).limit(FULL_RESULT_LINES)
                        .forEach(line -> lines.add(new Line(Tint.FAINT, "      " + line)));
            }
        }
        return lines;
    }

    private static List<Line> concluded(Conclusion conclusion) {
        return switch (conclusion) {
            case Conclusion.Delivered(var deliverable) ->
                List.of(new Line(Tint.GOOD,
                        "■ delivers, round " + deliverable.round() + ", verified: " + deliverable.statusVerified()));
            case Conclusion.Escalated(var escalation) ->
                List.of(new Line(Tint.WAITING, "■ asks " + whom(escalation) + " and waits: "
                        + Screen.oneLine(escalation.situation(), BRIEF_TEXT)));
            case Conclusion.Failed(var failure) ->
                List.of(new Line(Tint.BAD, "■ failed, " + failure.reason() + ": " + Screen.oneLine(failure.detail(), 400)));
        };
    }

    private static String whom(EscalationRaised escalation) {
        return escalation.to() + (escalation.offTable().isEmpty() ? "" : " (off the table: " + escalation.offTable() + ")");
    }
}
