package dev.relais.worker.tool;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class NoSuchToolRuleTest {
    private static final List<String> ALL = List.of("Read", "Write", "Edit", "Bash", "Glob", "Grep");

    @ParameterizedTest
    @CsvSource({"MultiEdit,Edit once for each change", "NotebookEdit,JSON file", "NotebookRead,JSON file", "LS,Use Glob",
            "str_replace_editor,Use Read", "apply_patch,Edit to change it", "BashOutput,runs each command to its end",
            "KillShell,nothing goes on in the background", "WebFetch,cannot be read from here",
            "WebSearch,cannot be read from here",
            "Task,no helpers", "TodoWrite,write the plan into your reply", "AskUserQuestion,state it as an assumption",
            "read,It is called Read.", "BASH,It is called Bash."})
    void aKnownNameFromElsewhereIsAnsweredWithWhatDoesTheSame(String name, String said) {
        assertThat(NoSuchToolRule.told(name, ALL)).startsWith("No such tool: \"" + name + "\". ").contains(said)
                .endsWith(" The tools are: Read, Write, Edit, Bash, Glob, Grep.");
    }

    @Test
    void noToolIsNamedThatThePersonaLacks() {
        assertThat(NoSuchToolRule.told("MultiEdit", List.of("Read", "Grep")))
                .isEqualTo("No such tool: \"MultiEdit\". The tools are: Read, Grep.");
    }

    @Test
    void anInventedNameGetsTheListAlone() {
        assertThat(NoSuchToolRule.told("delete", ALL))
                .isEqualTo("No such tool: \"delete\". The tools are: Read, Write, Edit, Bash, Glob, Grep.");
    }
}
