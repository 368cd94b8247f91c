package dev.relais.worker.run;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

import dev.relais.worker.model.Answer;
import dev.relais.worker.model.Model;
import dev.relais.worker.model.Prompt;
import dev.relais.worker.model.Prompt.Message;
import dev.relais.worker.model.Prompt.Role;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Answers by what the conversation holds, so that it serves resumed runs too: the n-th answer to a conversation with n replies. As strict as the API
 * about the form of what it is asked.
 */
final class ScriptedModel implements Model {
    private final List<Answer> script;
    private final List<Prompt> asked = new ArrayList<>();

    ScriptedModel(Answer... script) {
        this.script = List.of(script);
    }

    @Override
    public Answer ask(Prompt prompt) {
        assertWellFormed(prompt.messages());
        asked.add(prompt);
        long replies = prompt.messages().stream().filter(message -> message.role() == Role.ASSISTANT).count();
        assertThat(replies).as("the script has an answer").isLessThan(script.size());
        return script.get((int) replies);
    }

    List<Prompt> asked() {
        return asked;
    }

    Message lastHeard() {
        return asked.getLast().messages().getLast();
    }

    static void assertWellFormed(List<Message> messages) {
        assertThat(messages.getFirst().role()).isEqualTo(Role.USER);
        assertThat(messages.getLast().role()).isEqualTo(Role.USER);
        for (int i = 0; i < messages.size(); i++) {
            Message message = messages.get(i);
            assertThat(message.role()).isEqualTo(i % 2 == 0 ? Role.USER : Role.ASSISTANT);
            assertThat(message.content()).as("no message is empty").isNotEmpty();
            message.content().forEach(block -> assertThat(block.path("type").asText().equals("text")
                    && block.path("text").asText().isBlank()).as("no text is blank").isFalse());
            if (message.role() == Role.ASSISTANT) {
                assertThat(resultsOf(messages.get(i + 1).content())).isEqualTo(idsOf(message.content()));
            }
        }
    }

    private static List<String> idsOf(JsonNode content) {
        var ids = new ArrayList<String>();
        content.forEach(block -> {
            if (block.path("type").asText().equals("tool_use")) {
                ids.add(block.path("id").asText());
            }
        });
        assertThat(new HashSet<>(ids)).hasSameSizeAs(ids);
        return ids;
    }

    /** The results that stand first; a later one is out of place. */
    private static List<String> resultsOf(JsonNode content) {
        var ids = new ArrayList<String>();
        boolean afterText = false;
        for (JsonNode block : content) {
            boolean isResult = block.path("type").asText().equals("tool_result");
            assertThat(isResult && afterText).as("results stand first").isFalse();
            afterText |= !isResult;
            if (isResult) {
                ids.add(block.path("tool_use_id").asText());
            }
        }
        return ids;
    }
}
