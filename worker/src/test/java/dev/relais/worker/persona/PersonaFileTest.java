package dev.relais.worker.persona;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.relais.worker.persona.PersonaFile.Refused;

import static org.assertj.core.api.Assertions.assertThat;

class PersonaFileTest {
    @Test
    void theSameFileWithOtherLineEndsAndAByteOrderMarkIsTheSamePersona() {
        Persona plain = Personas.shipped();
        Persona windows = Personas.parsed("\uFEFF" + PersonaFile.shipped().replace("\n", "\r\n"));
        assertThat(windows).isEqualTo(plain);
        assertThat(windows.hash()).matches("[0-9a-f]{64}");
    }

    @Test
    void oneChangedCharacterIsAnotherHash() {
        assertThat(Personas.parsed(PersonaFile.shipped() + "\n").hash()).isNotEqualTo(Personas.shipped().hash());
    }

    @Test
    void theHashIsSha256OverTheText() {
        assertThat(Personas.parsed("---\nname: a\ndescription: b\n---\nc\n").hash())
                .isEqualTo("30c07b7faff12f83f39490ad6da8f1fb8a6b667328d1a0068ae4ebcbab566516");
    }

    @Test
    void theTextOfAPersonaReadsBackToAnEqualOne() {
        Persona persona = Personas.parsed("\uFEFF" + Personas.file("tools: Read, Grep"));
        assertThat(Personas.parsed(persona.text())).isEqualTo(persona);
    }

    @Test
    void aFileWithoutToolsMayUseAllSix() {
        assertThat(Personas.parsed(Personas.file()).tools()).containsExactlyElementsOf(ToolList.KNOWN);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', value = {"tools: \"*\" # Read Write Edit Bash Glob Grep", "tools: Grep, Read # Read Grep",
            "tools: [Bash, Read] # Read Bash", "tools: bash, READ # Read Bash",
            "disallowedTools: Bash, Write # Read Edit Glob Grep",
            "disallowedTools: Bash(git push *) # Read Write Edit Glob Grep", "tools: Agent(a, b), Read, mcp__x # Read",
            "tools: [] # ''"})
    void toolsAreReadAsPeopleWriteThem(String field, String expected) {
        assertThat(String.join(" ", Personas.parsed(Personas.file(field)).tools())).isEqualTo(expected);
    }

    @Test
    void aBlockListOfToolsIsRead() {
        assertThat(Personas.parsed(Personas.file("tools:", "  - Read", "  - Edit")).tools()).containsExactly("Read", "Edit");
    }

    @Test
    void aToolThatDoesNotExistIsLeftOutWithAWarning() {
        Persona persona = Personas.parsed(Personas.file("tools: Read, WebSearch"));
        assertThat(persona.tools()).containsExactly("Read");
        assertThat(persona.warnings()).anySatisfy(warning -> assertThat(warning).contains("line 4", "WebSearch"));
    }

    @Test
    void aRuleForCommandsComesWithItsTool() {
        Persona persona = Personas.parsed(Personas.file("tools: Read, Bash(npm test *), Bash(git diff)"));
        assertThat(persona.tools()).containsExactly("Read", "Bash");
        assertThat(persona.commands()).containsExactly("npm test *", "git diff");
    }

    @Test
    void aToolThatIsAllowedAsAWholeNeedsNoRule() {
        assertThat(Personas.parsed(Personas.file("tools: Bash(npm test *), Bash")).commands()).isEmpty();
    }

    @Test
    void aRuleForTheInputsOfAnotherToolGrantsNothing() {
        assertThat(Personas.parsed(Personas.file("tools: Grep, Read(src/**)")).tools()).containsExactly("Grep");
    }

    @Test
    void toolsOfWhichNoneExistsAreRefused() {
        Refused refused = Personas.refused(Personas.file("tools: Grpe"));
        assertThat(refused.line()).isEqualTo(4);
        assertThat(refused.column()).isEqualTo(8);
        assertThat(refused.mend()).contains("Grep");
    }

    @ParameterizedTest
    @CsvSource({"sonnet, claude-sonnet-5-5", "opus, claude-opus-5-5", "haiku, claude-haiku-5-5", "fable, claude-fable-5-2",
            "inherit, claude-sonnet-5-5", "claude-sonnet-4-6, claude-sonnet-4-6", "claude-sonnet-4-20250514, claude-sonnet-5-5",
            "qwen3:8b, qwen3:8b"})
    void modelNamesAreResolved(String written, String id) {
        assertThat(Personas.parsed(Personas.file("model: " + written)).model()).isEqualTo(id);
    }

    @Test
    void aFileWithoutAModelHasTheInheritedOne() {
        assertThat(Personas.parsed(Personas.file()).model()).isEqualTo("claude-sonnet-5-5");
    }

    @Test
    void aModelThatEndsItsServiceIsWarnedOf() {
        assertThat(Personas.parsed(Personas.file("model: claude-sonnet-4-5")).warnings()).anySatisfy(
                warning -> assertThat(warning).contains("2026-11-30"));
    }

    @Test
    void aModelInProseIsRefusedWithItsPlace() {
        Refused refused = Personas.refused(Personas.file("color: red", "model: Claude Sonnet 4.5 (copilot)"));
        assertThat(refused.line()).isEqualTo(5);
        assertThat(refused.mend()).contains("sonnet");
    }

    @Test
    void unknownFieldsAreWarnedOf() {
        assertThat(Personas.parsed(Personas.file("vibe: calm", "permissionMode: plan")).warnings())
                .anySatisfy(warning -> assertThat(warning).contains("line 4", "vibe"))
                .anySatisfy(warning -> assertThat(warning).contains("line 5", "permissionMode"));
    }

    @Test
    void nestedFieldsThatNobodyReadsDoNoHarm() {
        Persona persona = Personas.parsed(
                Personas.file("hooks:", "  PreToolUse:", "    - matcher: Bash", "      tools: [1, {a: b}]", "tools: Read"));
        assertThat(persona.tools()).containsExactly("Read");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', value = {
            "name: b # 3 # keep one", "tool: Read # 3 # tools"})
    void brokenYamlIsRefusedWithItsLineAndAMend(String line, int at, String mend) {
        Refused refused = Personas.refused("---\nname: a\n" + line + "\n---\nbody\n");
        assertThat(refused.line()).as(refused.message()).isEqualTo(at);
        assertThat(refused.mend()).as(refused.message()).contains(mend);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# Just Markdown\n", "---\nname: a\nno end", "---", "---\n---", "---\n---\nbody",
            "---\n- a\n- b\n---\n",
            "---\njust text\n---\n", "---\nname: a\n---\nno description", "---\ndescription: b\n---\nno name",
            "---\nname: x:y\ndescription: b\n---\n",
            "---\nname: -x\ndescription: b\n---\n", "---\nname: [a]\ndescription: b\n---\n",
            "---\nname: ''\ndescription: b\n---\n",
            "---\n&a *a\n---\n", "---\n? [a]: b\n---\n", "---\n: b\n---\n", "---\n\u0000\n---\n", "---\nname: \"\\x\"\n---\n",
            "----\nname: a\n----\n"})
    void whatIsNoPersonaIsRefusedWithAMend(String text) {
        Refused refused = Personas.refused(text);
        assertThat(refused.mend()).isNotBlank();
        assertThat(refused.problem()).isNotBlank().doesNotContain("\n");
        assertThat(refused.line()).isPositive();
        assertThat(refused.column()).isPositive();
    }

    @Test
    @Timeout(30)
    void hostileNestingIsRefusedAtOnce() {
        String deep = "[".repeat(30_000);
        assertThat(PersonaFile.parse(Personas.file("x: " + deep))).isInstanceOf(Refused.class);
        assertThat(PersonaFile.parse(Personas.file("x: " + deep + "]".repeat(30_000)))).isInstanceOf(Refused.class);
        assertThat(PersonaFile.parse(Personas.file("x: " + "a".repeat(FrontMatter.LIMIT)))).isInstanceOf(Refused.class);
    }

    @Test
    void noTextIsEverAnException() {
        var random = new Random(20_261_123);
        String[] pieces = {"---\n", "name: a\n", "description: b\n", "tools: ", "[", "]", "{", "}", "*", "&a ", ": ", "|\n",
                ">\n", "\t", "- ", "\"", "'",
                "%", "!!x ", "\n", "| a | b |\n", "```\n", "# Bannière\n", "\uD83D", "\u0085", "é", "? ", "#", "<<: *a\n"};
        for (int i = 0; i < 5_000; i++) {
            var text = new StringBuilder(random.nextBoolean() ? "---\nname: a\ndescription: b\n" : "");
            for (int n = random.nextInt(12); n > 0; n--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            text.append(random.nextBoolean() ? "\n---\n" : "");
            assertThat(PersonaFile.parse(text.toString())).as(text.toString()).isNotNull();
        }
    }
}
