package dev.relais.deploy.playbook;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.DeserializationFeature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

import dev.relais.schemas.event.TaskRequested;
import dev.relais.schemas.wire.Json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class ScriptReaderTest {
    static final List<String> NAMES = ShippedPlaybooks.NAMES;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "stepps: []                                              | s:1:1: unknown key `stepps`; did you mean `steps`?",
            "playbook: x                                             | s:1:1: `steps` is missing",
            "steps: [{name: a}]                                      | s:1:9: `reply` is missing",
            "steps: [{name: a, reply: [{txt: b}]}]                   | s:1:28: unknown key `txt`; did you mean `text`?",
            "steps: [{name: a, reply: [{call: B}]}]                  | s:1:27: `input` is missing",
            "steps: [{name: a, when: {turn: x}, reply: []}]          | s:1:32: `x` is no span",
            "steps: [{name: a, when: {said: '('}, reply: []}]        | s:1:32: `(` is not a regular expression",
            "steps: [{name: a, latency: soon, reply: []}]            | s:1:28: `soon` is not a duration",
            "steps: [{name: a, reply: [{text: '{{titel}}'}]}]        | s:1:27: nothing captures {{titel}}",
            "steps: [{name: a, name: b, reply: []}]                  | s:1:19: key `name` stands twice",
            "captures: [{match: x}]                                  | s:1:12: a capture's `match` has at least one named group",
            "captures: [{in: frist, match: '(?<a>x)'}]               | s:1:17: `frist` is no text of a conversation; did you mean `first`?",
            "steps: [                                                | s:1:9: this is not YAML",
            "a                                                       | s:1:1: keys and values are expected here"})
    void brokenScriptIsRefusedWithItsPlace(String yaml, String message) {
        assertThatThrownBy(() -> ScriptReader.read("s", yaml)).isInstanceOf(BadScriptException.class)
                .hasMessageContaining(message);
    }

    @Test
    void emptyScriptIsRefused() {
        assertThatThrownBy(() -> ScriptReader.read("s", "# nothing\n")).hasMessageContaining("s:1:1: the script is empty");
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void shippedScriptIsSound(String name) throws Exception {
        try (var playbook = Playbook.shipped(0, name, Optional.empty())) {
            assertThat(playbook.port()).isPositive();
        }
    }

    @Test
    void sampleTaskIsARequest() throws Exception {
        try (var json = Playbook.class.getResourceAsStream("/playbooks/sample-task.json")) {
            var task = Json.mapper().copy().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).readValue(json,
                    TaskRequested.class);

            assertThat(task.mode()).isEqualTo(2);
            assertThat(task.request()).contains("API de stock");
        }
    }

    @Test
    void scriptThatDoesNotShipIsNamed() {
        assertThatThrownBy(() -> Playbook.shipped(0, "nothing", Optional.empty())).isInstanceOf(BadScriptException.class)
                .hasMessageContaining("sample");
    }

    @Test
    void requestsAreLoggedAsLines(@TempDir Path directory) throws Exception {
        var script = directory.resolve("s.yaml");
        var log = directory.resolve("requests.jsonl");
        Files.writeString(script, "steps: [{name: 'only one', reply: [{text: bien}]}]");
        try (var playbook = Playbook.start(0, script, Optional.of(log)); var asking = new Asking(playbook.url())) {
            asking.reply(Asking.user("x"));
            asking.reply(Asking.user("x"));
        }
        assertThat(Files.readAllLines(log)).hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("\"step\":\"only one\"", "\"status\":200"));
    }

    @Test
    void wordsAreFilledAndBracesMayBeEscaped() throws Exception {
        var script = """
                captures: [{in: first, match: 'titre (?<titre>\\w+)', else: aucun}]
                steps:
                  - name: a
                    when: {said: '(?<mot>dit \\w+)'}
                    reply: [{text: '{{titre}}/{{mot}}/{{turn}}/\\{{x}}'}]
                """;
        try (var playbook = Playbook.of(0, "words", script); var asking = new Asking(playbook.url())) {
            assertThat(asking.reply(Asking.user("titre un, dit oui")).content().get(0).path("text").asText())
                    .isEqualTo("un/dit oui/0/{{x}}");
            assertThat(asking.reply(Asking.user("dit non")).content().get(0).path("text").asText())
                    .isEqualTo("aucun/dit non/0/{{x}}");
        }
    }

    @Test
    void rawBlocksAreServedAndReplayedUnchanged() throws Exception {
        var script = """
                steps:
                  - name: think
                    when: {turn: 0}
                    reply:
                      - block: {type: thinking, thinking: voyons, signature: c2lnbmF0dXJl}
                      - call: Read
                        input: {file_path: /workspace/a, offset: 1, deep: {list: [1, 2.5, true, null, "x"]}}
                  - name: seen
                    reply: [{text: vu}]
                """;
        try (var playbook = Playbook.of(0, "raw", script); var asking = new Asking(playbook.url())) {
            var first = asking.reply(Asking.user("x"));
            assertThat(first.content().get(0))
                    .hasToString("{\"type\":\"thinking\",\"thinking\":\"voyons\",\"signature\":\"c2lnbmF0dXJl\"}");
            assertThat(first.content().get(1).path("input"))
                    .hasToString("{\"file_path\":\"/workspace/a\",\"offset\":1,\"deep\":{\"list\":[1,2.5,true,null,\"x\"]}}");

            asking.reply(Asking.user("x"), Asking.assistant(first.content()), Asking.results(first.content(), "ok"));
            assertThat(playbook.requests()).extracting(Asked::step).containsExactly("think", "seen");
        }
    }
}
