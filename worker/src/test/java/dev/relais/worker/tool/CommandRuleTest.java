package dev.relais.worker.tool;

import java.util.List;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CommandRuleTest {
    private static final CommandRule RULE = new CommandRule(
            List.of("npm test *", "npm run lint", "git log:*", "ls *", "echo *", "cat *"));

    @ParameterizedTest
    @ValueSource(strings = {"npm test", "npm test -- --watch=false", "  npm   test  a ", "npm run lint", "git log", "git log -3",
            "npm test && npm run lint", "npm test || ls", "npm test; ls -la", "npm test | cat -n", "npm test & ls",
            "npm test\nls\n",
            "(npm test)", "{ npm test; }", "npm test 2>&1", "npm test >/dev/null 2>&1", "npm test &> /dev/null",
            "npm test < input.txt",
            "npm test \"a && b\"", "npm test 'x; y'", "npm test $'it\\'s; fine'", "npm test \\; x", "npm test $(cat names)",
            "npm test `cat names`", "echo \"$(cat names)\"", "timeout 30 npm test", "timeout -k 5 30s npm test",
            "nice -n 5 npm test",
            "nohup npm test", "stdbuf -oL npm test", "time npm test", "timeout 9 nice npm test",
            "if npm test; then ls; else echo no; fi",
            "for f in a b c; do cat $f; done", "! npm test", "# run the tests\nnpm test", "npm test \\\n  --all",
            "echo ${HOME}/x",
            "echo a#b", "npm test <<< word", "cat <(ls -l)", "while npm test; do ls; done", "", "echo \"it's\"", "echo '\"'; ls",
            "npm test |& cat", "cat <(ls) <(ls -a)"})
    void whatMatchesInEachPartRuns(String script) {
        assertThat(RULE.refusal(script)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', value = {"rm -rf . ~ rm -rf .", "npm tests ~ npm tests", "npm run lint --fix ~ --fix",
            "git logs ~ git logs",
            "npm test && rm x ~ rm x", "npm test || rm x ~ rm x", "npm test; rm x ~ rm x", "npm test | sh ~ \"sh\"",
            "npm test & rm x ~ rm x",
            "npm test |& sh ~ \"sh\"", "(rm x) ~ rm x", "{ rm x; } ~ rm x", "npm test $(rm x) ~ rm x", "npm test `rm x` ~ rm x",
            "npm test \"$(rm x)\" ~ rm x", "npm test \"`rm x`\" ~ rm x", "npm test \"a $(echo $(rm x))\" ~ rm x",
            "cat <(rm x) ~ rm x",
            "echo >(rm x) ~ rm x", "X=1 npm test ~ X=1", "npm test > out.txt ~ use Write", "npm test >> out.txt ~ use Write",
            "npm test &> out.txt ~ use Write", "npm test 2>out ~ use Write", "npm test >| out ~ use Write",
            "npm test <> out ~ use Write",
            "npm test >$OUT ~ not plain", "npm test >&out ~ use Write", "cat << END ~ here-document",
            "npm test # && ls ~ comment", "npm test ${x:-$(rm x)} ~ not plain", "echo ${x:- #}; rm x ~ rm x",
            "npm test \"${x:-\"}\" ; rm x ~ not plain", "npm test 'open ~ not closed", "npm test \"open ~ not closed",
            "npm test $(ls ~ not closed", "npm test ) ~ not opened", "npm test `ls ~ not closed",
            "case x in a) ls;; esac ~ not opened",
            "timeout 30 rm x ~ rm x", "nice -n 5 rm x ~ rm x", "if npm test; then rm x; fi ~ rm x",
            "for f in $(rm x); do ls; done ~ rm x",
            "ls() { rm x; } ~ rm x", "eval npm test ~ eval", "$CMD ~ $CMD", "npm test \\ ~ backslash",
            "echo $'a\\'; rm x; echo 'b' ~ not closed",
            "echo \"$'\" ; rm x ~ rm x", "echo $\"a\"; rm x ~ rm x", "npm \"test\" ~ npm"})
    void whatDoesNotMatchInEachPartIsRefusedByThatPart(String script, String named) {
        assertThat(RULE.refusal(script)).isPresent().get().asString().contains(named).contains("\"npm test *\"", "every part");
    }

    @Test
    void aCommentWithAQuotationMarkHidesNothing() {
        assertThat(RULE.refusal("# it's\nrm x\n# it's")).isPresent().get().asString().contains("rm x");
        assertThat(RULE.refusal("npm test # it's\nrm x\n# it's")).isPresent();
    }

    @Test
    void aLineThatGoesOnIsOneCommand() {
        assertThat(RULE.refusal("npm te\\\nst")).isEmpty();
        assertThat(RULE.refusal("npm test ';\nrm x\n'")).isEmpty();
    }

    @Test
    void deepNestingIsRefused() {
        assertThat(RULE.refusal("$(".repeat(10_000))).isPresent();
        assertThat(RULE.refusal("(".repeat(25) + "ls" + ")".repeat(25))).isPresent().get().asString().contains("deeper");
    }

    @Test
    void aStarWithinAPatternStandsForAnything() {
        var rule = new CommandRule(List.of("npm run * --check", "*.sh"));
        assertThat(rule.refusal("npm run a b --check")).isEmpty();
        assertThat(rule.refusal("./go.sh")).isEmpty();
        assertThat(rule.refusal("npm run a --checked")).isPresent();
    }

    @Test
    void otherToolsAndPersonasWithoutPatternsAreNotAsked() {
        var input = JsonNodeFactory.instance.objectNode().put("command", "rm x");
        assertThat(RULE.refusal("Write", input)).isEmpty();
        assertThat(RULE.refusal("Bash", input)).isPresent();
        assertThat(new CommandRule(List.of()).refusal("Bash", input)).isEmpty();
    }
}
