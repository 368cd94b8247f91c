package dev.relais.deploy.playbook;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import dev.relais.worker.anthropic.AnthropicModel;
import dev.relais.worker.anthropic.ModelServer;
import dev.relais.worker.model.Answer;
import dev.relais.worker.model.Limiter;
import dev.relais.worker.model.PriceList;
import dev.relais.worker.model.Prompt;
import dev.relais.worker.model.Prompt.Message;
import dev.relais.worker.model.Prompt.Role;
import dev.relais.worker.model.RetryRule;

/** A model client as the worker builds it, whose waits between attempts pass at once, and the prompts that tests ask with. */
final class Asking implements AutoCloseable {
    static final String KEY = "sk-ant-test-0123456789";
    static final String MODEL = "claude-sonnet-4-6";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** The waits between attempts, in order. */
    final List<Duration> waits = new ArrayList<>();
    final AnthropicModel model;

    private Instant now = Instant.parse("2026-11-23T12:00:00Z");

    Asking(String url) {
        InstantSource clock = () -> {
            synchronized (this) {
                return now;
            }
        };
        var server = new ModelServer(KEY, URI.create(url), 256, Duration.ofSeconds(20));
        model = new AnthropicModel(server, prices(), new Limiter(256, clock),
                new AnthropicModel.Patience(RetryRule.STANDARD, clock, this::pass));
    }

    /** A wait moves the clock, so that the limiter's gate opens too. */
    private synchronized void pass(Duration wait) {
        waits.add(wait);
        now = now.plus(wait).plus(Duration.ofSeconds(60));
    }

    private static PriceList prices() {
        return switch (PriceList.load(Optional.empty())) {
            case PriceList.Loaded.Valid valid -> valid.prices();
            case PriceList.Loaded.Refused refused -> throw new AssertionError(refused.problem());
        };
    }

    Answer ask(Message... messages) throws InterruptedException {
        return model.ask(prompt(messages));
    }

    Answer.Reply reply(Message... messages) throws InterruptedException {
        return switch (ask(messages)) {
            case Answer.Reply reply -> reply;
            case Answer.Failed failed -> throw new AssertionError(failed.toString());
        };
    }

    static Prompt prompt(Message... messages) {
        var tool = NODES.objectNode().put("name", "Write")
                .put("description", "Writes a file.").<com.fasterxml.jackson.databind.node.ObjectNode>set("input_schema",
                        NODES.objectNode().put("type", "object"));
        return new Prompt(MODEL, 8_000, "Tu es un développeur backend. " + "Règle. ".repeat(1_000), NODES.arrayNode().add(tool),
                List.of(messages));
    }

    static Message user(String text) {
        return new Message(Role.USER, NODES.arrayNode().add(NODES.objectNode().put("type", "text").put("text", text)));
    }

    static Message assistant(JsonNode content) {
        return new Message(Role.ASSISTANT, content);
    }

    /** Results for all calls of a reply. */
    static Message results(JsonNode content, String text) {
        var results = NODES.arrayNode();
        for (var block : content) {
            if (block.path("type").asText().equals("tool_use")) {
                results.add(NODES.objectNode().put("type", "tool_result").put("tool_use_id", block.path("id").asText())
                        .put("content", text));
            }
        }
        return new Message(Role.USER, results);
    }

    @Override
    public void close() {
        model.close();
    }
}
