package dev.relais.worker.toolkit;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.relais.schemas.event.EscalationRaised.Option;
import dev.relais.worker.tool.KnownFiles;

import static org.assertj.core.api.Assertions.assertThat;

class EscalateToolTest {
    private static final String FULL = "{'situation':'s','to':['architecte'],'done':'d','obstacle':'o',"
            + "'options':[{'option':'a','tradeoffs':'t'}],'files':['f']}";

    @Test
    void theFourPointsAreRead() {
        assertThat(EscalateTool.read(Call.json(FULL))).isEqualTo(new Escalation.Valid("s", List.of("architecte"), "d", "o",
                List.of(new Option("a", "t")), List.of("f"), true));
        assertThat(EscalateTool.read(Call.json(FULL.replace("'to':['architecte'],", "").replace("['f']", "[]"))))
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
        assertThat(EscalateTool.read(Call.json(FULL.replace(part, instead)))).isInstanceOfSatisfying(Escalation.Invalid.class,
                invalid -> assertThat(invalid.text()).contains(named, "Call Escalate again"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {"[]", "'text'", "null", "7", "{}",
            "{'options':{'a':1},'to':{'b':2},'files':3}"})
    void inputOfAnyShapeIsInvalidAndNeverThrows(String input) {
        assertThat(EscalateTool.read(Call.json(input))).isInstanceOf(Escalation.Invalid.class);
    }

    @Test
    void oneThatDoesNotBlockSaysThatItWasSent() {
        String input = FULL.replace("'situation'", "'blocking':false,'situation'");
        assertThat(EscalateTool.read(Call.json(input))).isInstanceOfSatisfying(Escalation.Valid.class,
                valid -> assertThat(valid.isBlocking()).isFalse());
        assertThat(new EscalateTool().run(Call.json(input), new BareWorkspace(Path.of("")), KnownFiles.NONE))
                .matches(result -> !result.isError() && result.text().contains("was sent"));
    }

    @Test
    void aSecondCallOfATurnIsNotSent() {
        var tool = new EscalateTool();
        var workspace = new BareWorkspace(Path.of(""));
        assertThat(tool.run(Call.json(FULL), workspace, KnownFiles.NONE)).matches(result -> result.isError()
                && result.text().startsWith("One escalation at a time"));
        assertThat(tool.run(Call.json("{}"), workspace, KnownFiles.NONE).text()).contains("`situation`");
        assertThat(tool.inputSchema().path("required"))
                .hasToString("[\"situation\",\"done\",\"obstacle\",\"options\",\"files\"]");
    }
}
