package dev.relais.worker.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import dev.relais.schemas.event.JournalEntry.ToolOutcome;
import dev.relais.worker.model.Prompt.Message;
import dev.relais.worker.model.Prompt.Role;
import dev.relais.worker.persona.Language;
import dev.relais.worker.persona.Phrase;
import dev.relais.worker.tool.ToolCall;

/**
 * The messages so far, and the user message that is being put together: results of the last reply's calls by their place, then texts. All
 * results stand in one user message, first and in the calls' order, as the Messages API asks for.
 *
 * @param language of the persona
 * @param sealed what the model has answered, and its answers
 */
public record Conversation(Language language, List<Message> sealed, List<ToolCall> calls, Map<Integer, ToolOutcome> results,
        List<String> texts) {
    static final Conversation EMPTY = new Conversation(Language.ENGLISH, List.of(), List.of(), Map.of(), List.of());

    public Conversation {
        sealed = Collections.unmodifiableList(sealed);
        calls = List.copyOf(calls);
        results = Map.copyOf(results);
        texts = List.copyOf(texts);
    }

    Conversation in(Language its) {
        return new Conversation(its, sealed, calls, results, texts);
    }

    Conversation heard(String text) {
        var all = new ArrayList<>(texts);
        all.add(text);
        return new Conversation(language, sealed, calls, results, all);
    }

    Conversation result(int place, ToolOutcome outcome) {
        var all = new TreeMap<>(results);
        all.put(place, outcome);
        return new Conversation(language, sealed, calls, all, texts);
    }

    Conversation results(List<ToolOutcome> outcomes) {
        var all = new TreeMap<>(results);
        var remaining = new ArrayList<>(outcomes);
        for (ToolCall call : calls) {
            if (!remaining.isEmpty() && remaining.getFirst().toolUseId().equals(call.id())) {
                all.put(call.place(), remaining.removeFirst());
            }
        }
        return new Conversation(language, sealed, calls, all, texts);
    }

    /** A reply seals what it answered. What the API would not take back is not kept: blank texts, and a reply that holds nothing else. */
    Conversation replied(JsonNode content, List<ToolCall> itsCalls) {
        ArrayNode kept = JsonNodeFactory.instance.arrayNode();
        for (JsonNode block : content) {
            if (!block.path("type").asText().equals("text") || !block.path("text").asText().isBlank()) {
                kept.add(block);
            }
        }
        if (kept.isEmpty()) {
            return this;
        }
        var all = new ArrayList<>(messages());
        all.add(new Message(Role.ASSISTANT, kept));
        return new Conversation(language, all, itsCalls, Map.of(), List.of());
    }

    /** What to send: the sealed messages and the one that is being put together. */
    List<Message> messages() {
        ArrayNode content = JsonNodeFactory.instance.arrayNode();
        for (ToolCall call : calls) {
            ToolOutcome outcome = results.getOrDefault(call.place(), noAnswerYet(call));
            var block = content.addObject().put("type", "tool_result").put("tool_use_id", call.id()).put("content",
                    outcome.content());
            if (outcome.isError()) {
                block.put("is_error", true);
            }
        }
        texts.forEach(text -> content.addObject().put("type", "text").put("text", text));
        if (content.isEmpty()) {
            return sealed;
        }
        var all = new ArrayList<>(sealed);
        all.add(new Message(Role.USER, content));
        return all;
    }

    /** Of an Escalate call whose task was woken by something else than its answer. */
    private ToolOutcome noAnswerYet(ToolCall call) {
        return new ToolOutcome(call.id(), language.say(Phrase.NO_ANSWER_YET), false);
    }
}
