package dev.relais.deploy.playbook;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;

import dev.relais.deploy.playbook.Script.Fault;
import dev.relais.deploy.playbook.Script.Pace;

/** Sends a reply, at its pace. */
final class Delivery {
    private Delivery() {}

    /** @throws InterruptedException where the playbook is closed meanwhile */
    static void send(HttpExchange http, Reply reply) throws IOException, InterruptedException {
        switch (reply) {
            case Reply.Plain plain -> whole(http, plain);
            case Reply.Spoken spoken -> speak(http, spoken);
        }
    }

    private static void whole(HttpExchange http, Reply.Plain plain) throws IOException {
        plain.retryAfter()
                .ifPresent(wait -> http.getResponseHeaders().set("retry-after", Long.toString(Math.max(1, wait.toSeconds()))));
        var bytes = plain.text().getBytes(StandardCharsets.UTF_8);
        http.getResponseHeaders().set("content-type", plain.type());
        http.sendResponseHeaders(plain.status(), bytes.length);
        http.getResponseBody().write(bytes);
    }

    private static void speak(HttpExchange http, Reply.Spoken spoken) throws IOException, InterruptedException {
        Thread.sleep(spoken.pace().latency());
        if (spoken.fault().isPresent() && spoken.fault().get() instanceof Fault.Drop drop && drop.after() == 0) {
            return;
        }
        if (spoken.isStream()) {
            stream(http, spoken.message(), spoken.pace(), spoken.fault());
        } else {
            whole(http, Reply.Plain.json(spoken.message().toString()));
        }
    }

    private static void stream(HttpExchange http, ObjectNode message, Pace pace, Optional<Fault> fault)
            throws IOException, InterruptedException {
        http.getResponseHeaders().set("content-type", "text/event-stream; charset=utf-8");
        http.getResponseHeaders().set("cache-control", "no-cache");
        http.sendResponseHeaders(200, 0);
        var out = http.getResponseBody();
        var events = EventStream.events(message, pace.chunk());
        for (var event : fault.map(cut -> cut(events, cut)).orElse(events)) {
            EventStream.write(out, event);
            if (!pace.every().isZero() && event.path("type").asText().equals("content_block_delta")) {
                out.flush();
                Thread.sleep(pace.every());
            }
        }
        out.flush();
        if (fault.isEmpty() || !(fault.get() instanceof Fault.Drop)) {
            // Only a closed body gets its last chunk: without it the client sees a dropped connection.
            out.close();
        }
    }

    private static List<ObjectNode> cut(List<ObjectNode> events, Fault fault) {
        return switch (fault) {
            case Fault.Drop drop -> events.subList(0, Math.min(events.size(), drop.after()));
            case Fault.Stream broken -> {
                var cut = new ArrayList<>(events.subList(0, Math.min(events.size(), broken.after())));
                cut.add(error(broken.type()));
                yield cut;
            }
            case Fault.Status _ -> events;
        };
    }

    private static ObjectNode error(String type) {
        var nodes = JsonNodeFactory.instance;
        return nodes.objectNode().put("type", "error")
                .set("error", nodes.objectNode().put("type", type).put("message", "scripted fault within the stream"));
    }
}
