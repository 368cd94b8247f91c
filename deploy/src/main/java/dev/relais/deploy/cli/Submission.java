package dev.relais.deploy.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.TaskRequested;
import dev.relais.schemas.wire.Decoded;
import dev.relais.schemas.wire.EventCodec;
import dev.relais.schemas.wire.EventType;
import dev.relais.schemas.wire.Json;

/** A request as it will be sent: checked here already, so that a slip is told at once and not by a dead letter. */
record Submission(TaskId task, String eventId, TaskRequested request, ObjectNode data) {

    static ObjectNode file(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new Failure(ExitCode.NOT_FOUND, "there is no file " + file.toAbsolutePath());
        }
        try {
            return object(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw new Failure(ExitCode.USAGE, "the file " + file + " cannot be read as UTF-8 text: " + e.getMessage(), e);
        }
    }

    static ObjectNode object(String json, String where) {
        try {
            JsonNode tree = Json.mapper().readTree(json);
            if (tree instanceof ObjectNode object) {
                return object;
            }
            throw new Failure(ExitCode.USAGE, where + " holds no JSON object; write {\"request\": \"…\"}");
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw new Failure(ExitCode.USAGE,
                    where + (at == null ? "" : ", line " + at.getLineNr() + ", column " + at.getColumnNr()) + ": no JSON: "
                            + e.getOriginalMessage(),
                    e);
        }
    }

    /** @param data of {@code dev.relais.task.requested.v1}; a task id is filled in where it has none */
    static Submission of(ObjectNode data, EventCodec codec) {
        String eventId = UUID.randomUUID().toString();
        JsonNode named = data.get("taskId");
        TaskId task = named == null || named.isNull() ? TaskId.derivedFrom(Link.SOURCE, eventId) : id(named.asText());
        data.put("taskId", task.value());
        var headers = codec.headers(EventType.TASK_REQUESTED,
                new EventCodec.Attributes(eventId, Link.SOURCE, task.value(), null, java.util.Map.of()));
        byte[] value = bytes(data);
        return switch (codec.decode(headers, task.value().getBytes(StandardCharsets.UTF_8), value)) {
            case Decoded.Malformed(var reason, var detail, var where) ->
                throw new Failure(ExitCode.USAGE, "the request is malformed (" + reason + ")" + at(where) + ": " + detail);
            case Decoded.Accepted accepted when accepted.event().data() instanceof TaskRequested request ->
                new Submission(task, eventId, request, data);
            case Decoded.Accepted accepted -> throw new IllegalStateException("a request was read as " + accepted.type());
        };
    }

    byte[] value() {
        return bytes(data);
    }

    static TaskId id(String text) {
        try {
            return new TaskId(text);
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }

    private static byte[] bytes(ObjectNode data) {
        try {
            return Json.mapper().writeValueAsBytes(data);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree is always writable", e);
        }
    }

    private static String at(@Nullable String where) {
        return where == null ? "" : " at " + where;
    }
}
