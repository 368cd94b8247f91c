package dev.relais.coordinator.streams;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

import dev.relais.coordinator.project.ProjectHome;
import dev.relais.coordinator.routing.AgentRegistry;
import dev.relais.coordinator.task.Now;
import dev.relais.coordinator.task.TaskEvent;
import dev.relais.coordinator.task.TaskEvent.Judgement;
import dev.relais.coordinator.validation.RequestRule;
import dev.relais.schemas.event.CancelRequested;
import dev.relais.schemas.event.Envelope;
import dev.relais.schemas.event.EscalationAnswered;
import dev.relais.schemas.event.Event;
import dev.relais.schemas.event.EventRef;
import dev.relais.schemas.event.MessageSent;
import dev.relais.schemas.event.ProjectAsked;
import dev.relais.schemas.event.ProjectOpened;
import dev.relais.schemas.event.ProjectTold;
import dev.relais.schemas.event.RequestEvent;
import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.TaskRequested;
import dev.relais.schemas.event.VerdictGiven;
import dev.relais.schemas.topic.Shard;
import dev.relais.schemas.wire.Decoded;
import dev.relais.schemas.wire.EventCodec;
import dev.relais.schemas.wire.Extension;
import dev.relais.schemas.wire.Json;

/** Takes records of {@code requests}: what cannot be used goes to dead letters with its reason, and never stops the partition (I12). */
final class RequestDoor {
    /** Larger requests are malformed (rule 12). */
    static final int MOST_BYTES = 256 * 1024;
    /** Of a context attribute that every event of the task carries along. */
    static final int MOST_ATTRIBUTE_BYTES = 1024;
    private static final int MOST_CHARACTERS = 64 * 1024;
    private static final String FORWARDED = "relais-forwarded";

    private final EventCodec codec;
    private final Stores stores;
    private final Ledger ledger;
    private final Outbox outbox;
    private final Graveyard graveyard;
    private final AgentRegistry agents;
    private final int partition;
    private final int partitions;
    private final ObjectMapper canonical = ((JsonMapper) Json.mapper()).rebuild()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    RequestDoor(EventCodec codec, Stores stores, Ledger ledger, Outbox outbox, Graveyard graveyard, AgentRegistry agents,
            int partition,
            int partitions) {
        this.codec = codec;
        this.stores = stores;
        this.ledger = ledger;
        this.outbox = outbox;
        this.graveyard = graveyard;
        this.agents = agents;
        this.partition = partition;
        this.partitions = partitions;
    }

    /** A record as it came. */
    @SuppressWarnings("ArrayRecordComponent") // Arrivals are never compared.
    record Arrived(byte @Nullable [] key, byte @Nullable [] value, Headers headers, @Nullable Place place) {
        /** Where it stands; not known of what a release before this one kept. */
        record Place(String topic, int partition, long offset) {}
    }

    void take(Arrived record, Now now) {
        int size = size(record.key()) + size(record.value()) + Outbox.size(record.headers());
        if (size > MOST_BYTES) {
            graveyard.bury(record, Graveyard.TOO_LARGE,
                    "a request has at most " + MOST_BYTES + " bytes, headers included; this one has "
                            + size + ". Put long texts into the workspace's repository. It is not kept whole",
                    null);
            return;
        }
        switch (codec.decode(record.headers(), record.key(), record.value())) {
            case Decoded.Malformed(String reason, String detail, String where) -> graveyard.bury(record, reason, detail, where);
            case Decoded.Accepted(var _, Event<?>(String id, String source, var _, var _, var extensions, RequestEvent data)) -> {
                var origin = new Origin(id, source, extensions.get(Extension.CORRELATION), extensions.get(Extension.TRACEPARENT));
                String tooLong = origin.tooLong();
                if (!tooLong.isEmpty()) {
                    graveyard.bury(record, "invalid", "the attribute " + tooLong + " is over " + MOST_ATTRIBUTE_BYTES
                            + " characters, and goes along with every event of the task", tooLong);
                    return;
                }
                outbox.follows(id);
                route(record, origin, data, now);
            }
            case Decoded.Accepted accepted ->
                graveyard.bury(record, "wrong-topic", accepted.type().wireName() + " does not belong on requests", "type");
        }
    }

    private static int size(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    /** Who sent it. */
    private record Origin(String id, String source, @Nullable String correlation, @Nullable String traceparent) {
        /** The first attribute that is too long to be carried along, or nothing. */
        String tooLong() {
            return isLong(id)
                    ? "id"
                    : isLong(source)
                            ? "source"
                            : isLong(correlation) ? Extension.CORRELATION : isLong(traceparent) ? Extension.TRACEPARENT : "";
        }

        EventRef ref() {
            return new EventRef(source, id);
        }

        private static boolean isLong(@Nullable String text) {
            return text != null && text.length() > MOST_ATTRIBUTE_BYTES;
        }
    }

    /** Events are routed by what they are about, not by record key: clients hash keys differently, or set none (rule 12). */
    private void route(Arrived record, Origin origin, RequestEvent data, Now now) {
        String key = switch (data) {
            case TaskRequested request ->
                (request.taskId() == null ? TaskId.derivedFrom(origin.source(), origin.id()) : request.taskId()).value();
            case CancelRequested cancel -> cancel.taskId().value();
            case VerdictGiven verdict -> verdict.taskId().value();
            case EscalationAnswered answer -> answer.child().parent().value();
            case MessageSent message -> message.taskId().value();
            case ProjectOpened opened -> Shard.projectHome(opened.project());
            case ProjectAsked asked -> Shard.projectHome(asked.project());
            case ProjectTold told -> told.taskId().value();
        };
        if (Shard.of(key, partitions) == partition) {
            act(record, origin, data, now);
        } else if (record.headers().lastHeader(FORWARDED) == null) {
            record.headers().add(FORWARDED, Integer.toString(partition).getBytes(StandardCharsets.UTF_8));
            outbox.forward(key, record.value(), record.headers(), now.time().toEpochMilli());
        } else {
            graveyard.bury(record, "misrouted",
                    "forwarded once to a shard that it does not belong to; do all coordinators have the same "
                            + "RELAIS_PARTITIONS as the topic requests?",
                    null);
        }
    }

    private void act(Arrived record, Origin origin, RequestEvent data, Now now) {
        switch (data) {
            case TaskRequested request -> request(record, origin, request, now);
            case CancelRequested cancel ->
                say(record, cancel.taskId(), new TaskEvent.Cancel(origin.ref(), cancel.reason(), cancel.by()), now);
            case VerdictGiven verdict -> verdict(record, origin, verdict, now);
            case EscalationAnswered answer -> {
                if (isAcceptable(record, answer.text(), answer.envelope())) {
                    say(record, answer.child().parent(),
                            new TaskEvent.Answer(origin.ref(), answer.child(), answer.text(), answer.by(), answer.envelope()),
                            now);
                }
            }
            case MessageSent message -> {
                if (isAcceptable(record, message.text(), null)) {
                    say(record, message.taskId(), new TaskEvent.Message(origin.ref(), message.text(), message.by()), now);
                }
            }
            case ProjectOpened opened -> {
                switch (ProjectHome.open(opened)) {
                    case ProjectHome.Opening.Opened(ProjectHome home) -> stores.put(home);
                    case ProjectHome.Opening.Refused(String reason, String detail, String where) ->
                        graveyard.bury(record, reason, detail, where);
                }
            }
            case ProjectAsked asked -> {
                var told = ProjectHome.answer(stores.project(asked.project()).orElse(null), asked);
                outbox.write(Sinks.REQUESTS, asked.taskId().value(), asked.taskId() + "/told/" + asked.number(), told,
                        java.util.Map.of());
            }
            case ProjectTold told -> ledger.tell(told.taskId(), new TaskEvent.ModeTold(told.mode(), told.number()), now);
        }
    }

    private void request(Arrived record, Origin origin, TaskRequested request, Now now) {
        switch (RequestRule.take(request, origin.source(), origin.id(), agents)) {
            case RequestRule.Taken.Refused(String reason, String detail, String where) ->
                graveyard.bury(record, reason, detail, where);
            case RequestRule.Taken.Accepted(TaskRequested taken) -> {
                TaskId id = java.util.Objects.requireNonNull(taken.taskId());
                String correlation = origin.correlation() == null ? id.value() : origin.correlation();
                ledger.tell(id, new TaskEvent.Requested(origin.ref(), taken, hash(taken), correlation, origin.traceparent()),
                        now);
                graveyard.exhume(id).forEach(early -> takeEarly(early, now));
            }
        }
    }

    /** What waited is many records: one on which nothing can be decided takes neither the others nor the request with it. */
    private void takeEarly(Arrived early, Now now) {
        try {
            take(early, now);
        } catch (Ledger.Undecided e) {
            graveyard.buryFailed(early, e);
        }
    }

    private void verdict(Arrived record, Origin origin, VerdictGiven verdict, Now now) {
        if (!isAcceptable(record, verdict.text(), verdict.envelope())) {
            return;
        }
        switch (verdict.verdict()) {
            case VerdictGiven.OK -> judge(record, origin, verdict, Judgement.OK, now);
            case VerdictGiven.CHANGES -> judge(record, origin, verdict, Judgement.CHANGES, now);
            case VerdictGiven.REFUSE -> judge(record, origin, verdict, Judgement.REFUSE, now);
            default -> graveyard.bury(record, "invalid",
                    "verdict is ok, changes or refuse, not \"" + verdict.verdict() + "\"", "/verdict");
        }
    }

    private void judge(Arrived record, Origin origin, VerdictGiven verdict, Judgement judgement, Now now) {
        say(record, verdict.taskId(),
                new TaskEvent.Verdict(origin.ref(), judgement, verdict.digest(), verdict.text(), verdict.by(),
                        verdict.envelope()),
                now);
    }

    private boolean isAcceptable(Arrived record, @Nullable String text, @Nullable Envelope envelope) {
        if (text != null && text.length() > MOST_CHARACTERS) {
            graveyard.bury(record, Graveyard.TOO_LARGE,
                    "a text has at most " + MOST_CHARACTERS + " characters, this one " + text.length(), "/text");
            return false;
        }
        List<String> unsupported = envelope == null ? List.of() : RequestRule.unsupported(envelope);
        if (!unsupported.isEmpty()) {
            graveyard.bury(record, "unsupported-field", "this release does not act on " + String.join(", ", unsupported) + " yet",
                    unsupported.getFirst());
            return false;
        }
        return true;
    }

    /** What is said to a task that nobody knows yet waits ten minutes for it (rule 8). */
    private void say(Arrived record, TaskId task, TaskEvent event, Now now) {
        switch (ledger.tell(task, event, now)) {
            case DECIDED -> {
            }
            case UNKNOWN_TASK -> graveyard.keepEarly(task, record, now);
        }
    }

    private String hash(TaskRequested request) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical.writeValueAsBytes(request)));
        } catch (JsonProcessingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("a request that was read can be written again", e);
        }
    }
}
