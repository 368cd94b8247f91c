package dev.relais.deploy.bench;

import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import dev.relais.schemas.event.Usage;
import dev.relais.worker.model.Answer;
import dev.relais.worker.model.ModelClient;
import dev.relais.worker.model.Prompt;

/** The model port answered inside the worker; what a task's script asks for over HTTP goes to the client that a real worker has. */
final class PlayedModel implements ModelClient {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Usage USAGE = new Usage(3_000, 0, 0, 200);

    private final ModelClient http;

    PlayedModel(ModelClient http) {
        this.http = http;
    }

    @Override
    public Answer ask(Prompt prompt) throws InterruptedException {
        Script script = Script.read(firstText(prompt));
        if (script.overHttp()) {
            return http.ask(prompt);
        }
        if (!script.thinks().isZero()) {
            TimeUnit.NANOSECONDS.sleep(script.thinks().toNanos());
        }
        int turn = prompt.messages().size() / 2;
        boolean isLast = turn >= script.turns() - 1;
        return new Answer.Reply(isLast ? last(script) : call(script, turn), isLast ? "end_turn" : "tool_use", prompt.model(),
                USAGE,
                null, null, script.thinks().toMillis());
    }

    private static String firstText(Prompt prompt) {
        return prompt.messages().getFirst().content().path(0).path("text").asText();
    }

    private static JsonNode call(Script script, int turn) {
        ArrayNode content = text("Je continue.");
        var call = content.addObject().put("type", "tool_use").put("id", "toolu_bench_" + turn);
        if (script.writes()) {
            call.put("name", "Write").putObject("input").put("file_path", "/workspace/notes.md")
                    .put("content", "# Notes\n\nTour " + turn + ".\n");
        } else {
            call.put("name", "Glob").putObject("input").put("pattern", "**/*.md");
        }
        return content;
    }

    private static JsonNode last(Script script) {
        return text(BenchScript.deliverable(script.writes() ? "notes.md" : "Aucun"));
    }

    private static ArrayNode text(String text) {
        ArrayNode content = NODES.arrayNode();
        content.addObject().put("type", "text").put("text", text);
        return content;
    }

    @Override
    public Probe probe(String model) {
        return new Probe.Passed();
    }

    @Override
    public void close() {
        http.close();
    }
}
