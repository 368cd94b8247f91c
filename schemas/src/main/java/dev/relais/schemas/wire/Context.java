package dev.relais.schemas.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

import dev.relais.schemas.event.Event;
import dev.relais.schemas.event.EventData;
import dev.relais.schemas.spelling.Nearest;

/**
 * An event's context attributes as texts, wherever they stood, and how a fault of one is named: in binary mode the header, in structured mode
 * the pointer into the value.
 */
final class Context {
    static final String HEADER = "ce_";
    static final String ID = "id";
    static final String SOURCE = "source";
    static final String TYPE = "type";
    static final String SUBJECT = "subject";
    static final String TIME = "time";
    static final String SPEC_VERSION = "specversion";
    /** CloudEvents' own attributes, which are no extensions. */
    static final Set<String> CORE = Set.of(ID, SOURCE, TYPE, SUBJECT, TIME, SPEC_VERSION, "datacontenttype", "dataschema");

    private final Map<String, String> texts;
    private final String prefix;
    private final String faultReason;

    private Context(Map<String, String> texts, String prefix, String faultReason) {
        this.texts = texts;
        this.prefix = prefix;
        this.faultReason = faultReason;
    }

    static Context ofHeaders(Map<String, String> texts) {
        return new Context(texts, HEADER, "headers-lie");
    }

    static Context ofFields(Map<String, String> texts) {
        return new Context(texts, "/", "invalid");
    }

    /** The attributes among a record's headers, without their prefix. */
    static Map<String, String> attributes(Headers headers) throws MalformedException {
        var texts = new TreeMap<String, String>();
        for (Header header : headers) {
            byte[] value = header.value();
            if (header.key().startsWith(HEADER) && value != null) {
                String before = texts.put(header.key().substring(HEADER.length()), text(header.key(), value));
                if (before != null && !before.equals(text(header.key(), value))) {
                    throw new MalformedException("headers-lie", "header " + header.key() + " stands twice and says two things",
                            header.key());
                }
            }
        }
        return texts;
    }

    static String text(String header, byte[] value) throws MalformedException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
        } catch (CharacterCodingException _) {
            throw new MalformedException("headers-lie", "header " + header + " is not UTF-8", header);
        }
    }

    EventType type() throws MalformedException {
        String name = texts.get(TYPE);
        if (name == null || name.isEmpty()) {
            throw new MalformedException("no-type", "the event says no type: " + prefix + TYPE + " is missing", prefix + TYPE);
        }
        var type = EventType.named(name);
        if (type.isEmpty()) {
            throw new MalformedException("unknown-type",
                    "unknown event type \"" + name + "\"" + Nearest.suggestion(name, EventType.wireNames()), prefix + TYPE);
        }
        return type.get();
    }

    /** Refuses what is no CloudEvent 1.0. */
    void check() throws MalformedException {
        String version = required(SPEC_VERSION);
        if (!version.equals("1.0")) {
            throw fault(SPEC_VERSION, "is \"" + version + "\"; this release reads CloudEvents \"1.0\"");
        }
        required(ID);
        required(SOURCE);
        time();
    }

    Event<EventData> event(EventData data) throws MalformedException {
        var extensions = new TreeMap<>(texts);
        extensions.keySet().removeAll(CORE);
        return new Event<>(required(ID), required(SOURCE), texts.getOrDefault(SUBJECT, ""), time(), extensions, data);
    }

    @Nullable
    String text(String name) {
        return texts.get(name);
    }

    private String required(String name) throws MalformedException {
        String text = texts.get(name);
        if (text == null || text.isEmpty()) {
            throw fault(name, "is missing; every CloudEvent has one");
        }
        return text;
    }

    private @Nullable Instant time() throws MalformedException {
        String text = texts.get(TIME);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException _) {
            throw fault(TIME, "is \"" + text + "\"; write RFC 3339, such as 2026-11-23T09:00:00Z");
        }
    }

    private MalformedException fault(String name, String what) {
        return new MalformedException(faultReason, prefix + name + " " + what, prefix + name);
    }
}
