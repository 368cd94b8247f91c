package dev.relais.worker.anthropic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.AnthropicClientImpl;
import com.anthropic.core.ClientOptions;
import com.anthropic.core.JsonField;
import com.anthropic.core.JsonValue;
import com.anthropic.core.LogLevel;
import com.anthropic.core.ObjectMappers;
import com.anthropic.core.http.HttpResponse;
import com.anthropic.errors.AnthropicException;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.MessageParam;
import com.anthropic.models.messages.ToolUnion;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import org.jspecify.annotations.Nullable;

import dev.relais.schemas.wire.Json;
import dev.relais.worker.model.Fault;
import dev.relais.worker.model.Prompt;

/** One attempt at one call through the SDK, which neither retries nor reads the environment. */
final class AnthropicWire implements AutoCloseable {
    /** Bytes of content as JSON: a journal entry holds no more. */
    static final int LARGEST_REPLY = 900 * 1024;
    /** Characters: as JSON none takes more than six bytes, so a reply of so many need not be written out to be measured. */
    private static final int SURELY_KEPT = LARGEST_REPLY / 8;

    private final AnthropicClient client;
    private final InstantSource clock;
    private volatile @Nullable Prefix prefix;

    AnthropicWire(ModelServer server, InstantSource clock) {
        this.clock = clock;
        var options = ClientOptions.builder()
                .jsonMapper(mapper())
                .httpClient(new PromptHttpClient(server.concurrency(), server.silence()))
                .baseUrl(server.baseUrl().toString())
                .maxRetries(0)
                .logLevel(LogLevel.OFF);
        Profile.of(server.baseUrl()).headers(server.apiKey()).forEach(options::replaceHeaders);
        this.client = new AnthropicClientImpl(options.build());
    }

    private static JsonMapper mapper() {
        // The SDK has one for all, which is not ours to change.
        JsonMapper mapper = ObjectMappers.jsonMapper().copy();
        mapper.getFactory().setRecyclerPool(Json.buffers());
        return mapper;
    }

    /** @throws InterruptedException where the thread is interrupted before the answer is whole */
    Exchange exchange(Prompt prompt) throws InterruptedException {
        try (var response = client.messages().withRawResponse().createStreaming(params(prompt)); var body = response.body()) {
            return read(response, new EventReader(body));
        } catch (Exception failed) {
            throwIfStopped(failed);
            return new Exchange.Broken(fault(failed));
        }
    }

    private static Exchange read(HttpResponse response, EventReader events) throws IOException {
        var reply = new ReplyBuilder();
        for (var event = events.next(); event.isPresent(); event = events.next()) {
            String type = event.get().path("type").asText();
            if (type.equals("error")) {
                return new Exchange.Broken(FaultRule.stream(event.get()));
            }
            if (type.equals("message_stop")) {
                // What comes of the connection now is no business of a reply that is whole.
                break;
            }
            reply.add(event.get());
            if (reply.size() > LARGEST_REPLY) {
                return new Exchange.TooLarge();
            }
        }
        if (!reply.isComplete()) {
            return new Exchange.Broken(new Fault.Lost("the answer ended before it was whole"));
        }
        var content = reply.content();
        return reply.size() > SURELY_KEPT && content.toString().getBytes(StandardCharsets.UTF_8).length > LARGEST_REPLY
                ? new Exchange.TooLarge()
                : new Exchange.Whole(reply, content, response.requestId().orElse(reply.id()));
    }

    private MessageCreateParams params(Prompt prompt) {
        var body = CacheRule.body(prompt);
        var params = MessageCreateParams.builder()
                .model(prompt.model())
                .maxTokens(prompt.maxTokens())
                .messages(AnthropicWire.<List<MessageParam>>field(JsonValue.fromJsonNode(body.messages())));
        var frozen = prefix(prompt, body);
        if (!body.system().isEmpty()) {
            params.system(AnthropicWire.<MessageCreateParams.System>field(frozen.asSystem()));
        }
        if (!body.tools().isEmpty()) {
            params.tools(AnthropicWire.<List<ToolUnion>>field(frozen.asTools()));
        }
        return params.build();
    }

    /** The frozen prefix as the SDK takes it: nearly all calls of a worker have the same. */
    private record Prefix(String system, JsonNode tools, JsonValue asSystem, JsonValue asTools) {}

    private Prefix prefix(Prompt prompt, CacheRule.Body body) {
        var last = prefix;
        if (last == null || !last.system().equals(prompt.system()) || !last.tools().equals(prompt.tools())) {
            last = new Prefix(prompt.system(), prompt.tools(), JsonValue.fromJsonNode(body.system()),
                    JsonValue.fromJsonNode(body.tools()));
            prefix = last;
        }
        return last;
    }

    /** Raw JSON in the place of any typed value: it is written as it stands. */
    // Kotlin's JsonField<Nothing> is a raw type to Java.
    @SuppressWarnings("unchecked")
    private static <T> JsonField<T> field(JsonValue raw) {
        return (JsonField<T>) raw;
    }

    private static void throwIfStopped(Exception failed) throws InterruptedException {
        if (failed instanceof InterruptedException stopped) {
            throw stopped;
        }
        // An interrupt closes the socket under the call: the flag is all that tells it from a dropped connection.
        if (Thread.interrupted()) {
            var stopped = new InterruptedException("stopped while it asked the model");
            stopped.initCause(failed);
            throw stopped;
        }
    }

    private Fault fault(Exception failed) {
        return switch (failed) {
            case AnthropicException known -> FaultRule.fault(known, clock.instant());
            // Of the stream, which is read behind the SDK.
            case IOException lost -> new Fault.Lost(lost.toString());
            case UncheckedIOException lost -> new Fault.Lost(lost.toString());
            case RuntimeException defect -> throw defect;
            default -> throw new IllegalStateException("a call failed with an exception of no known kind", failed);
        };
    }

    @Override
    public void close() {
        client.close();
    }

    /** What one attempt came to. */
    sealed interface Exchange {
        record Whole(ReplyBuilder reply, ArrayNode content, String requestId) implements Exchange {}

        record TooLarge() implements Exchange {}

        record Broken(Fault fault) implements Exchange {}
    }
}
