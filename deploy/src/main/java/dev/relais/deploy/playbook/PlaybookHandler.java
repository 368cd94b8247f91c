package dev.relais.deploy.playbook;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;

import dev.relais.deploy.playbook.PlayRule.Play;
import dev.relais.deploy.playbook.Script.Fault;
import dev.relais.deploy.playbook.Script.Pace;
import dev.relais.schemas.event.Usage;

/** Answers HTTP requests as the Messages API would, with what the script says. */
final class PlaybookHandler implements HttpHandler, AutoCloseable {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Pace AT_ONCE = new Pace(Duration.ZERO, 256, Duration.ZERO);

    private final Script script;
    private final RequestLog log;
    private final InstantSource clock;
    private final PromptCache cache = new PromptCache();
    private final FaultLedger faults = new FaultLedger();
    private final AtomicLong requests = new AtomicLong();

    PlaybookHandler(Script script, RequestLog log, InstantSource clock) {
        this.script = script;
        this.log = log;
        this.clock = clock;
    }

    List<Asked> requests() {
        return log.all();
    }

    @Override
    public void handle(HttpExchange http) throws IOException {
        try (http) {
            // A request ends with what is decided of it: thousands of replies may wait for their pace, and a request is 100 KB as a tree.
            Delivery.send(http, decide(http));
        } catch (InterruptedException _) {
            // The playbook was closed meanwhile, and the exchange ends with it.
            Thread.currentThread().interrupt();
        }
    }

    private Reply decide(HttpExchange http) throws IOException {
        var request = Request.read(http, "req_playbook_%08d".formatted(requests.incrementAndGet()));
        http.getResponseHeaders().set("request-id", request.id());
        return switch (http.getRequestMethod() + " " + request.path()) {
            case "POST /v1/messages" -> messages(request);
            case "POST /v1/messages/count_tokens" -> countTokens(request);
            case "GET /v1/models" -> models(request);
            case "GET /requests" -> new Reply.Plain(200, "application/x-ndjson",
                    log.all().stream().map(asked -> RequestLog.line(asked) + "\n").collect(Collectors.joining()),
                    Optional.empty());
            default -> Reply.Plain.error(ApiError.of(404, "Not found"), request.id());
        };
    }

    @Override
    public void close() throws IOException {
        log.close();
    }

    private Reply messages(Request request) {
        var refused = request.refuse(StrictRule::refuse);
        if (refused.isPresent()) {
            return refuse(request, refused.get());
        }
        var conversation = Conversation.of(request.body());
        var everywhere = faults.next("", script.faults());
        if (everywhere.isPresent() || request.isProbe()) {
            return answer(request, conversation, probe(), everywhere);
        }
        return switch (PlayRule.play(script, conversation)) {
            case Play.Stuck stuck -> {
                note(request, conversation, "stuck", 400, "", Usage.NONE);
                yield Reply.Plain.error(ApiError.invalid(stuck.why()), request.id());
            }
            case Play.Said said -> answer(request, conversation,
                    new Line(said.step().name(), said.content(), said.stopReason(), said.step().pace()),
                    faults.next(conversation.prefix() + said.step().name(), said.step().faults()));
        };
    }

    private Reply answer(Request request, Conversation conversation, Line line, Optional<Fault> fault) {
        if (fault.isPresent() && fault.get() instanceof Fault.Status status) {
            note(request, conversation, line.step(), status.status(), "status", Usage.NONE);
            return Reply.Plain.error(
                    new ApiError(status.status(), status.type(), status.code(), status.message(), status.retryAfter()),
                    request.id());
        }
        var counted = cache.count(request.body(), clock.instant()).plus(new Usage(0, 0, 0, PromptCache.tokens(line.content())));
        // Before it is sent: a client that dies while it reads has asked all the same.
        note(request, conversation, line.step(), 200, fault.map(PlaybookHandler::name).orElse(""), counted);
        return new Reply.Spoken(message(conversation, line, counted), line.pace(), fault, request.isStream());
    }

    private Reply countTokens(Request request) {
        var refused = request.refuse(StrictRule::refuseCount);
        if (refused.isPresent()) {
            return refuse(request, refused.get());
        }
        var conversation = Conversation.of(request.body());
        note(request, conversation, "count", 200, "", Usage.NONE);
        var tokens = PromptCache.tokens(Fingerprint.withoutBreakpoints(request.body()));
        return Reply.Plain.json(NODES.objectNode().put("input_tokens", tokens).toString());
    }

    private Reply models(Request request) {
        var refused = request.refuse(_ -> Optional.empty());
        if (refused.isPresent()) {
            return refuse(request, refused.get());
        }
        var models = NODES.arrayNode();
        for (var id : List.of("claude-sonnet-4-6", "claude-haiku-4-5", "claude-opus-4-6")) {
            models.add(NODES.objectNode().put("type", "model").put("id", id).put("display_name", id).put("created_at",
                    "2026-02-17T00:00:00Z"));
        }
        return Reply.Plain.json(NODES.objectNode().put("has_more", false).<ObjectNode>set("data", models).toString());
    }

    private Reply refuse(Request request, ApiError error) {
        var unread = new Conversation(request.body().path("model").asText(), 0, 0, "", "", "", "", "", "", 0);
        note(request, unread, "refused", error.status(), "", Usage.NONE);
        return Reply.Plain.error(error, request.id());
    }

    private void note(Request request, Conversation about, String step, int status, String fault, Usage usage) {
        log.add(new Asked(clock.instant(), request.id(), request.path(), about.start(), about.prefix(), about.turns(),
                about.model(), step, status,
                fault, request.isStream(), request.auth(), about.breakpoints(), usage));
    }

    private static Line probe() {
        ArrayNode content = NODES.arrayNode().add(NODES.objectNode().put("type", "text").put("text", "pong"));
        return new Line("probe", content, "max_tokens", AT_ONCE);
    }

    private static ObjectNode message(Conversation conversation, Line line, Usage usage) {
        var counts = NODES.objectNode().put("input_tokens", usage.input())
                .put("cache_creation_input_tokens", usage.cacheWrite())
                .put("cache_read_input_tokens", usage.cacheRead())
                .put("output_tokens", usage.output());
        return NODES.objectNode().put("id", "msg_" + conversation.prefix()).put("type", "message").put("role", "assistant")
                .put("model", conversation.model())
                .<ObjectNode>set("content", line.content())
                .put("stop_reason", line.stopReason()).putNull("stop_sequence")
                .set("usage", counts);
    }

    private static String name(Fault fault) {
        return switch (fault) {
            case Fault.Status _ -> "status";
            case Fault.Stream _ -> "stream";
            case Fault.Drop _ -> "drop";
        };
    }

    /** What is said, and how. */
    private record Line(String step, ArrayNode content, String stopReason, Pace pace) {}
}
