package dev.relais.coordinator.validation;

import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.relais.coordinator.routing.AgentRegistry;
import dev.relais.coordinator.validation.RequestRule.Taken;
import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.TaskRequested;
import dev.relais.schemas.wire.Json;

import static org.assertj.core.api.Assertions.assertThat;

/** Requests as they come: JSON in, taken or refused with a reason and a place out. */
final class RequestRuleTest {
    private final AgentRegistry agents = new AgentRegistry(List.of(new AgentName("backend-dev")),
            List.of(new AgentName("architecte")));

    @Test
    void requestInProseIsEnough() throws JsonProcessingException {
        assertThat(take("{'request':'build it'}")).isInstanceOfSatisfying(Taken.Accepted.class, accepted -> {
            assertThat(accepted.request().taskId()).isEqualTo(TaskId.derivedFrom("shop", "e1"));
            assertThat(accepted.request().agent()).isEqualTo(TaskRequested.DEFAULT_AGENT);
        });
    }

    @Test
    void whatARequestSaysIsKept() throws JsonProcessingException {
        String all = "{'request':'build it','taskId':'t9','agent':'backend-dev','title':'T','project':'p','mode':3,"
                + "'context':{'notes':'n'},'constraints':{'framework':'f'},'expected':['e'],'workspace':{'repository':'r'},"
                + "'acceptance':['make test'],'network':'open','envelope':{'turns':5,'wall':'PT1H'},'priority':9,'labels':{'a':'b'}}";

        assertThat(take(all)).isEqualTo(new Taken.Accepted(read(all)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
            "{}                                            | invalid           | /request",
            "{'request':' '}                               | invalid           | /request",
            "{'request':'r','mode':0}                      | invalid           | /mode",
            "{'request':'r','mode':4}                      | invalid           | /mode",
            "{'request':'r','priority':-1}                 | invalid           | /priority",
            "{'request':'r','priority':10}                 | invalid           | /priority",
            "{'request':'r','network':'half'}              | invalid           | /network",
            "{'request':'r','envelope':{'turns':0}}        | invalid           | /envelope/turns",
            "{'request':'r','envelope':{'wall':'PT0S'}}    | invalid           | /envelope/wall",
            "{'request':'r','acceptance':['true',' ']}     | invalid           | /acceptance",
            "{'request':'r','envelope':{'tokens':5}}       | unsupported-field | /envelope/tokens",
            "{'request':'r','envelope':{'usd':5}}          | unsupported-field | /envelope/usd",
            "{'request':'r','orderingKey':'k'}             | unsupported-field | /orderingKey",
            "{'request':'r','after':['t1']}                | unsupported-field | /after",
            "{'request':'r','deadline':'2026-01-01T00:00:00Z'} | unsupported-field | /deadline",
            "{'request':'r','agent':'nobody'}              | unknown-agent     | /agent",
            "{'request':'r','agent':'architecte'}          | unsupported-field | /agent"})
    void whatCannotBeTakenIsRefusedWithItsReasonAndPlace(String json, String reason, String where)
            throws JsonProcessingException {
        assertThat(take(json)).isInstanceOfSatisfying(Taken.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(reason);
            assertThat(refused.where()).isEqualTo(where);
            assertThat(refused.detail()).isNotBlank();
        });
    }

    @Test
    void everyUnsupportedFieldIsNamed() throws JsonProcessingException {
        assertThat(take("{'request':'r','orderingKey':'k','after':['t1']}")).isInstanceOfSatisfying(Taken.Refused.class,
                refused -> assertThat(refused.detail()).contains("/after", "/orderingKey"));
    }

    private Taken take(String json) throws JsonProcessingException {
        return RequestRule.take(read(json), "shop", "e1", agents);
    }

    private static TaskRequested read(String json) throws JsonProcessingException {
        return Json.mapper().readValue(json.replace('\'', '"'), TaskRequested.class);
    }
}
