package dev.relais.deploy.simulation;

import java.util.Objects;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.Usage;
import dev.relais.worker.model.Answer;

/** A model that says the same at the same turn of the same task: a final reply, a question to another agent, or a call of a tool. */
final class PlayedReplies {
    private static final int LONGEST = 7;
    private static final Usage USAGE = new Usage(100, 0, 0, 10);

    private PlayedReplies() {}

    private enum Sort {
        FINAL,
        CALL,
        ESCALATION
    }

    private static Sort sort(TaskId task, int turn) {
        if (turn >= LONGEST) {
            return Sort.FINAL;
        }
        return switch (Math.floorMod((Objects.hash(task.value(), turn) * 0x9E3779B9) >>> 8, 10)) {
            case 0, 1, 2 -> Sort.FINAL;
            case 3, 4 -> Sort.ESCALATION;
            default -> Sort.CALL;
        };
    }

    /** @param turn replies of the task before this one */
    static boolean escalates(TaskId task, int turn) {
        return sort(task, turn) == Sort.ESCALATION;
    }

    static Answer.Reply reply(TaskId task, int turn) {
        ArrayNode content = JsonNodeFactory.instance.arrayNode();
        switch (sort(task, turn)) {
            case FINAL -> text(content, deliverable(turn));
            case CALL -> call(text(content, "Je continue."), "Look").putObject("input").put("turn", turn);
            case ESCALATION -> question(call(text(content, "Je demande."), "Escalate"));
        }
        boolean isFinal = sort(task, turn) == Sort.FINAL;
        return new Answer.Reply(content, isFinal ? "end_turn" : "tool_use", "claude-sonnet-4-5", USAGE, null, null, 1);
    }

    private static ArrayNode text(ArrayNode content, String text) {
        content.addObject().put("type", "text").put("text", text);
        return content;
    }

    /** Models repeat the ids of their calls, and this one always does. */
    private static ObjectNode call(ArrayNode content, String tool) {
        return content.addObject().put("type", "tool_use").put("id", "toolu_1").put("name", tool);
    }

    private static void question(ObjectNode call) {
        ObjectNode input = call.putObject("input").put("situation", "Choix structurant de BDD").put("done", "Le schéma.")
                .put("obstacle", "Deux moteurs conviennent.");
        input.putArray("options").addObject().put("option", "PostgreSQL").put("tradeoffs", "Connu de l'équipe.");
        input.putArray("files");
    }

    private static String deliverable(int turn) {
        return """
                ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
                ⚡ BACKEND — Développeur API & Données
                Modèle : Sonnet | Équipe : Dev
                ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━

                Un index sur la colonne filtrée suffit, tour %d.

                📦 LIVRABLE — backend-dev
                ─────────────────────────────
                Type : conseil
                Fichiers : Aucun
                Statut : ✅ Terminé
                Résumé : Conseil donné.
                ─────────────────────────────
                """.formatted(turn);
    }
}
