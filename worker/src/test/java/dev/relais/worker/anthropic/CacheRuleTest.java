package dev.relais.worker.anthropic;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import dev.relais.worker.model.Prompt;
import dev.relais.worker.model.Prompt.Message;
import dev.relais.worker.model.Prompt.Role;

import static org.assertj.core.api.Assertions.assertThat;

final class CacheRuleTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOOLS = "[{'name':'Read'},{'name':'Write'}]";

    @Test
    void frozenPrefixEndsInABreakpoint() throws Exception {
        var body = CacheRule.body(prompt("Tu es…", user("[{'type':'text','text':'a'}]")));

        assertThat(body.system()).hasToString(json("[{'type':'text','text':'Tu es…','cache_control':{'type':'ephemeral'}}]"));
        assertThat(body.tools()).hasToString(json(TOOLS));
    }

    @Test
    void withoutASystemTextTheLastToolCarriesIt() throws Exception {
        var body = CacheRule.body(prompt(" ", user("[{'type':'text','text':'a'}]")));

        assertThat(body.system()).isEmpty();
        assertThat(body.tools().get(0).has("cache_control")).isFalse();
        assertThat(body.tools().get(1).has("cache_control")).isTrue();
    }

    @Test
    void lastMessageAndTheOneBeforeItsReplyCarryBreakpointsAndNoOther() throws Exception {
        var text = "[{'type':'text','text':'a'},{'type':'text','text':'b'}]";
        var body = CacheRule.body(prompt("s", user(text), assistant(text), user(text), assistant(text), user(text)));

        List<String> marked = new ArrayList<>();
        for (var at = 0; at < body.messages().size(); at++) {
            for (var place = 0; place < 2; place++) {
                if (body.messages().get(at).path("content").get(place).has("cache_control")) {
                    marked.add(at + "." + place);
                }
            }
        }
        assertThat(marked).containsExactly("2.1", "4.1");
    }

    @Test
    void promptItselfIsNotChanged() throws Exception {
        var prompt = prompt("s", user("[{'type':'text','text':'a'}]"));
        var before = prompt.toString();
        CacheRule.body(prompt);

        assertThat(prompt).hasToString(before);
    }

    @Test
    void blockThatMayNotBeMarkedIsNot() throws Exception {
        var body = CacheRule.body(prompt("s", user("[{'type':'thinking','thinking':'…','signature':'x'}]")));

        assertThat(body.messages().findValues("cache_control")).isEmpty();
    }

    private static Prompt prompt(String system, Message... messages) throws Exception {
        return new Prompt("m", 1, system, read(TOOLS), List.of(messages));
    }

    private static Message user(String content) throws Exception {
        return new Message(Role.USER, read(content));
    }

    private static Message assistant(String content) throws Exception {
        return new Message(Role.ASSISTANT, read(content));
    }

    private static JsonNode read(String text) throws Exception {
        return JSON.readTree(json(text));
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
