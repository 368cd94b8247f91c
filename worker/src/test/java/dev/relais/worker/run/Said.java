package dev.relais.worker.run;

import java.math.BigDecimal;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.relais.schemas.event.InputKind;
import dev.relais.schemas.event.JournalEntry;
import dev.relais.schemas.event.JournalEntry.Frame;
import dev.relais.schemas.event.JournalEntry.ToolOutcome;
import dev.relais.schemas.event.Raised;
import dev.relais.schemas.event.Usage;
import dev.relais.worker.model.Answer;
import dev.relais.worker.persona.Persona;
import dev.relais.worker.persona.Personas;

/** Words for tests: replies in the model's form, and the entries that they become. */
final class Said {
    static final Persona PERSONA = Personas.shipped();
    static final String DATABASE = "Choix de BDD structurant";
    static final String SLOW = "Performance impossible avec l'archi actuelle";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final BigDecimal CENT = new BigDecimal("0.01");
    private static final Usage USAGE = new Usage(10, 20, 30, 40);

    private Said() {}

    static String deliverable(String files, String status) {
        return PERSONA.banner() + "\nVoici l'API.\n📦 LIVRABLE — backend-dev\nType : API\nFichiers : " + files + "\nStatut : "
                + status
                + "\nRésumé : Une API de paniers.\n";
    }

    static String done() {
        return deliverable("Aucun", "✅ Terminé");
    }

    static ObjectNode text(String text) {
        return JSON.objectNode().put("type", "text").put("text", text);
    }

    static ObjectNode call(String id, String tool, ObjectNode input) {
        ObjectNode block = JSON.objectNode().put("type", "tool_use").put("id", id).put("name", tool);
        block.set("input", input);
        return block;
    }

    static ObjectNode read(String id) {
        return call(id, "Read", JSON.objectNode().put("file_path", "/workspace/contract.md"));
    }

    static ObjectNode write(String id, String path, String content) {
        return call(id, "Write", JSON.objectNode().put("file_path", path).put("content", content));
    }

    static ObjectNode bash(String id, String command) {
        return call(id, "Bash", JSON.objectNode().put("command", command));
    }

    static ObjectNode escalate(String id, String situation) {
        ObjectNode input = JSON.objectNode().put("situation", situation).put("done", "Les routes.").put("obstacle", "Le schéma.");
        input.putArray("options").addObject().put("option", "PostgreSQL").put("tradeoffs", "Des jointures, mais un serveur.");
        input.putArray("files").add("src/api.ts");
        return call(id, "Escalate", input);
    }

    static ObjectNode askAside(String id, String situation, String... to) {
        ObjectNode call = escalateTo(id, situation, to);
        ((ObjectNode) call.path("input")).put("blocking", false);
        return call;
    }

    static ObjectNode escalateTo(String id, String situation, String... to) {
        ObjectNode call = escalate(id, situation);
        ArrayNode receivers = ((ObjectNode) call.path("input")).putArray("to");
        for (String each : to) {
            receivers.add(each);
        }
        return call;
    }

    static JsonNode blocks(JsonNode... blocks) {
        ArrayNode array = JSON.arrayNode();
        array.addAll(List.of(blocks));
        return array;
    }

    static Answer.Reply answer(JsonNode... blocks) {
        JournalEntry.Replied replied = replied(blocks);
        return new Answer.Reply(replied.content(), replied.stopReason(), replied.model(), USAGE, CENT, "req-1", 5);
    }

    static Answer.Reply cutAnswer(JsonNode... blocks) {
        return new Answer.Reply(blocks(blocks), Reply.CUT, PERSONA.model(), USAGE, CENT, "req-1", 5);
    }

    static JournalEntry.Claimed claimed() {
        return new JournalEntry.Claimed("host",
                new Frame(1, PERSONA.text(), PERSONA.hash(), JSON.arrayNode(), PERSONA.model(), 1_000, "/workspace"));
    }

    static JournalEntry.Heard request() {
        return new JournalEntry.Heard("request-1", InputKind.REQUEST, "Écris l'API.", null);
    }

    static JournalEntry.Heard heard(String id, InputKind kind, String text) {
        return new JournalEntry.Heard(id, kind, text, null);
    }

    static JournalEntry.Heard answered(String id, String text, Raised raised) {
        return new JournalEntry.Heard(id, InputKind.ANSWER, text, raised);
    }

    static JournalEntry.Replied replied(JsonNode... blocks) {
        boolean calls = List.of(blocks).stream().anyMatch(block -> block.path("type").asText().equals("tool_use"));
        return stopped(calls ? "tool_use" : "end_turn", blocks);
    }

    static JournalEntry.Replied cut(JsonNode... blocks) {
        return stopped(Reply.CUT, blocks);
    }

    private static JournalEntry.Replied stopped(String why, JsonNode... blocks) {
        return new JournalEntry.Replied(blocks(blocks), why, PERSONA.model(), USAGE, CENT, "req-1", 5);
    }

    static JournalEntry.ToolsRan ran(String... ids) {
        List<ToolOutcome> results = List.of(ids).stream().map(id -> new ToolOutcome(id, "result of " + id, false)).toList();
        return new JournalEntry.ToolsRan(results, null, List.of(), 3);
    }
}
