package dev.relais.worker.toolkit;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.EscalationRaised.Option;
import dev.relais.worker.persona.RouteTable;
import dev.relais.worker.tool.KnownFiles;
import dev.relais.worker.tool.ToolResult;

import static org.assertj.core.api.Assertions.assertThat;

class EscalateToolTest {
    private static final String FULL = "{'situation':'s','to':['architecte'],'done':'d','obstacle':'o',"
            + "'options':[{'option':'a','tradeoffs':'t'}],'files':['f']}";

    private static final Askable ASKABLE = new Askable(List.of(new AgentName("architecte"), new AgentName("chef-equipe")),
            List.of(new AgentName("qa"), new AgentName("securite")));

    @ParameterizedTest
    @CsvSource({"securite,securite", "Sécurité,securite", "@architecte,architecte", "Chef équipe,chef-equipe", "QA,qa"})
    void anAgentIsKnownAsAModelWritesIt(String written, String agent) {
        assertThat(EscalateTool.read(Call.json(FULL.replace("['architecte']", "'" + written + "'")), ASKABLE))
                .isInstanceOfSatisfying(Escalation.Valid.class,
                        valid -> assertThat(valid.to()).containsExactly(new AgentName(agent)));
    }

    @ParameterizedTest
    @CsvSource({"dba", "architect", "'../etc'", "chef", "'qa, securite'"})
    void anAgentThatDoesNotExistIsAnErrorThatNamesThoseWhoDo(String written) {
        String input = FULL.replace("['architecte']", "['architecte','" + written + "']");
        assertThat(new EscalateTool(ASKABLE).run(Call.json(input), new BareWorkspace(Path.of("")), KnownFiles.NONE))
                .matches(result -> result.isError() && result.text().startsWith("The escalation was not sent"))
                .extracting(ToolResult::text).asString().contains("no agent is called " + written,
                        "architecte, chef-equipe (in your table); qa, securite (off your table)", "Call Escalate again");
    }

    @Test
    void theSchemaNamesWhoExists() {
        assertThat(new EscalateTool(ASKABLE).inputSchema().path("properties").path("to").path("description").asText())
                .contains("architecte, chef-equipe (in your table); qa, securite (off your table)");
    }

    @Test
    void whomTheTableNamesIsNotListedTwice() {
        var routes = new RouteTable(List.of(new RouteTable.Row("s", List.of(new AgentName("dba"), new AgentName("qa"))),
                new RouteTable.Row("t", List.of(new AgentName("qa")))));
        assertThat(Askable.of(routes, List.of(new AgentName("securite"), new AgentName("qa"))))
                .isEqualTo(new Askable(List.of(new AgentName("dba"), new AgentName("qa")), List.of(new AgentName("securite"))));
    }

    @Test
    void theFourPointsAreRead() {
        assertThat(EscalateTool.read(Call.json(FULL), ASKABLE))
                .isEqualTo(new Escalation.Valid("s", List.of(new AgentName("architecte")), "d", "o",
                        List.of(new Option("a", "t")), List.of("f"), true));
        assertThat(EscalateTool.read(Call.json(FULL.replace("'to':['architecte'],", "").replace("['f']", "[]")), ASKABLE))
                .isEqualTo(new Escalation.Valid("s", List.of(), "d", "o", List.of(new Option("a", "t")), List.of(), true));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {"'situation':'s', | ^^ | `situation`", "'done':'d', | ^^ | `done`",
            "'done':'d' | 'done':' ' | `done`",
            "'obstacle':'o', | ^^ | `obstacle`", "'obstacle':'o' | 'obstacle':7 | `obstacle`",
            "[{'option':'a','tradeoffs':'t'}] | [] | `options` (at least one",
            "[{'option':'a','tradeoffs':'t'}] | ['a'] | `options[0]`",
            "'tradeoffs':'t' | 'x':'t' | `options[0]`", "'tradeoffs':'t' | 'tradeoffs':'' | `options[0]`",
            "[{'option':'a','tradeoffs':'t'}] | 'a' | `options` (at least one", ",'files':['f'] | ^^ | `files`",
            "['f'] | 'f' | `files`",
            "['f'] | null | `files`", "'situation':'s' | 'situation':'s','blocking':'no' | `blocking`"})
    void aMissingPointIsNamed(String part, String instead, String named) {
        assertThat(EscalateTool.read(Call.json(FULL.replace(part, instead)), ASKABLE)).isInstanceOfSatisfying(
                Escalation.Invalid.class,
                invalid -> assertThat(invalid.text()).contains(named, "Call Escalate again"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {"[]", "'text'", "null", "7", "{}",
            "{'options':{'a':1},'to':{'b':2},'files':3}"})
    void inputOfAnyShapeIsInvalidAndNeverThrows(String input) {
        assertThat(EscalateTool.read(Call.json(input), ASKABLE)).isInstanceOf(Escalation.Invalid.class);
    }

    @Test
    void oneThatDoesNotBlockSaysThatItWasSent() {
        String input = FULL.replace("'situation'", "'blocking':false,'situation'");
        assertThat(EscalateTool.read(Call.json(input), ASKABLE)).isInstanceOfSatisfying(Escalation.Valid.class,
                valid -> assertThat(valid.isBlocking()).isFalse());
        assertThat(new EscalateTool(ASKABLE).run(Call.json(input), new BareWorkspace(Path.of("")), KnownFiles.NONE))
                .matches(result -> !result.isError() && result.text().contains("was sent"));
    }

    @Test
    void aSecondCallOfATurnIsNotSent() {
        var tool = new EscalateTool(ASKABLE);
        var workspace = new BareWorkspace(Path.of(""));
        assertThat(tool.run(Call.json(FULL), workspace, KnownFiles.NONE)).matches(result -> result.isError()
                && result.text().startsWith("One escalation at a time"));
        assertThat(tool.run(Call.json("{}"), workspace, KnownFiles.NONE).text()).contains("`situation`");
        assertThat(tool.inputSchema().path("required"))
                .hasToString("[\"situation\",\"done\",\"obstacle\",\"options\",\"files\"]");
    }
}
