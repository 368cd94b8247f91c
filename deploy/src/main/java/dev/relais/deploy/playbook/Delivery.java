package dev.relais.deploy.playbook;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.relais.deploy.playbook.Script.Fault;
import dev.relais.deploy.playbook.Script.Pace;

/** Sends a message at its pace, whole or with a fault in the middle. */
final class Delivery {
    private final CountDownLatch closed;

    /** @param closed ends all waits */
    Delivery(CountDownLatch closed) {
        this.closed = closed;
    }

    void send(Request request, ObjectNode message, Pace pace, Optional<Fault> fault) throws IOException, InterruptedException {
        await(pace.latency());
        if (fault.isPresent() && fault.get() instanceof Fault.Drop drop && drop.after() == 0) {
            return;
        }
        if (request.isStream()) {
            stream(request, message, pace, fault);
        } else {
            request.send(200, "application/json", message.toString());
        }
    }

    private void stream(Request request, ObjectNode message, Pace pace, Optional<Fault> fault)
            throws IOException, InterruptedException {
        var http = request.http();
        http.getResponseHeaders().set("content-type", "text/event-stream; charset=utf-8");
        http.getResponseHeaders().set("cache-control", "no-cache");
        http.sendResponseHeaders(200, 0);
        var out = http.getResponseBody();
        var events = EventStream.events(message, pace.chunk());
        for (var event : fault.map(cut -> cut(events, cut)).orElse(events)) {
            EventStream.write(out, event);
            if (!pace.every().isZero() && event.path("type").asText().equals("content_block_delta")) {
                out.flush();
                await(pace.every());
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

    private void await(Duration wait) throws InterruptedException {
        if (!wait.isZero() && closed.await(wait.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new InterruptedException("the playbook is closed");
        }
    }
}
