package dev.relais.worker.anthropic;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import dev.relais.schemas.event.Usage;

import static org.assertj.core.api.Assertions.assertThat;

final class ReplyBuilderTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ReplyBuilder reply = new ReplyBuilder();

    @Test
    void blocksOfEveryKindComeBackAsTheyWereSent() throws Exception {
        add("{'type':'message_start','message':{'id':'msg_1','model':'m','usage':{'input_tokens':7,'cache_read_input_tokens':5,'output_tokens':1}}}");
        add("{'type':'content_block_start','index':0,'content_block':{'type':'thinking','thinking':'','signature':''}}");
        add("{'type':'content_block_delta','index':0,'delta':{'type':'thinking_delta','thinking':'voyons'}}");
        add("{'type':'content_block_delta','index':0,'delta':{'type':'signature_delta','signature':'c2ln'}}");
        add("{'type':'content_block_start','index':1,'content_block':{'type':'redacted_thinking','data':'AA=='}}");
        add("{'type':'content_block_start','index':2,'content_block':{'type':'text','text':''}}");
        add("{'type':'content_block_delta','index':2,'delta':{'type':'text_delta','text':'a ━'}}");
        add("{'type':'content_block_delta','index':2,'delta':{'type':'text_delta','text':' b'}}");
        add("{'type':'content_block_start','index':3,'content_block':{'type':'tool_use','id':'t','name':'Read','input':{},'caller':{'type':'direct'}}}");
        add("{'type':'content_block_delta','index':3,'delta':{'type':'input_json_delta','partial_json':''}}");
        add("{'type':'content_block_delta','index':3,'delta':{'type':'input_json_delta','partial_json':'{\\\"limit\\\": 1'}}");
        add("{'type':'content_block_delta','index':3,'delta':{'type':'input_json_delta','partial_json':'0}'}}");
        add("{'type':'message_delta','delta':{'stop_reason':'tool_use'},'usage':{'output_tokens':42}}");

        assertThat(reply.content()).hasToString(json("[{'type':'thinking','thinking':'voyons','signature':'c2ln'},"
                + "{'type':'redacted_thinking','data':'AA=='},{'type':'text','text':'a ━ b'},"
                + "{'type':'tool_use','id':'t','name':'Read','input':{'limit':10},'caller':{'type':'direct'}}]"));
        assertThat(reply.usage()).isEqualTo(new Usage(7, 0, 5, 42));
        assertThat(reply.stopReason()).isEqualTo("tool_use");
        assertThat(reply.isComplete()).isTrue();
    }

    @Test
    void kindOfNextYearIsKeptAndUnknownEventsAreIgnored() throws Exception {
        add("{'type':'novelty','index':0}");
        add("{'type':'content_block_start','index':0,'content_block':{'type':'compaction','content':'so '}}");
        add("{'type':'content_block_delta','index':0,'delta':{'type':'compaction_delta','content':'far'}}");
        add("{'type':'content_block_delta','index':9,'delta':{'type':'text_delta','text':'lost'}}");

        assertThat(reply.content()).hasToString(json("[{'type':'compaction','content':'so far'}]"));
        assertThat(reply.isComplete()).isFalse();
    }

    @Test
    void citationsAreAdded() throws Exception {
        add("{'type':'content_block_start','index':0,'content_block':{'type':'text','text':'','citations':[]}}");
        add("{'type':'content_block_delta','index':0,'delta':{'type':'citations_delta','citation':{'n':1}}}");
        add("{'type':'content_block_delta','index':0,'delta':{'type':'text_delta','text':'x'}}");

        assertThat(reply.content()).hasToString(json("[{'type':'text','text':'x','citations':[{'n':1}]}]"));
    }

    @Test
    void inputThatWasCutShortIsAnObjectThatSaysSo() throws Exception {
        add("{'type':'content_block_start','index':0,'content_block':{'type':'tool_use','id':'t','name':'Write','input':{}}}");
        add("{'type':'content_block_delta','index':0,'delta':{'type':'input_json_delta','partial_json':'{\\\"content\\\": \\\"half'}}");

        assertThat(reply.content().get(0).path("input").path("INVALID_JSON").asText()).isEqualTo("{\"content\": \"half");
    }

    @Test
    void inputSentAsAStringIsRead() throws Exception {
        add("{'type':'content_block_start','index':0,'content_block':{'type':'tool_use','id':'t','name':'Read','input':'{\\\"a\\\":1}'}}");

        assertThat(reply.content().get(0).path("input")).hasToString("{\"a\":1}");
    }

    private void add(String event) throws Exception {
        reply.add(JSON.readTree(json(event)));
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
