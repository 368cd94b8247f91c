package dev.relais.coordinator.task;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.relais.schemas.event.Digest;
import dev.relais.schemas.event.EventRef;
import dev.relais.schemas.event.Raised;
import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.Usage;
import dev.relais.schemas.event.WorkerId;
import dev.relais.schemas.wire.EntryHeader;
import dev.relais.schemas.wire.EventType;

/** Writes journal entries as a worker's headers tell them. */
final class Entries {
    static final TaskId TASK = new TaskId("t1");
    static final Usage USAGE = new Usage(10, 20, 30, 40);
    static final BigDecimal COST = new BigDecimal("0.25");

    private Entries() {}

    /** An entry without a place: {@link #at} gives it one. */
    record Draught(EventType type, int question, @Nullable String input, Usage usage, @Nullable BigDecimal cost,
            @Nullable String outcome, @Nullable String status, @Nullable Digest digest, @Nullable String reason,
            boolean redrivable, List<String> receivers, @Nullable Raised raised) {
        TaskEvent.Entry at(int epoch, String owner, int sequence) {
            var header = new EntryHeader(type, TASK, epoch, new WorkerId(owner), sequence, question > 0, question, input, usage,
                    cost,
                    outcome, status, digest, reason, redrivable, receivers, raised, null);
            return new TaskEvent.Entry(header, 1000L * epoch + sequence, payload());
        }

        Payload payload() {
            return Entries.bytes(type + " " + outcome + " " + digest);
        }
    }

    static EventRef ref(String id) {
        return new EventRef("somebody", id);
    }

    static Payload bytes(String text) {
        return new Payload(text.getBytes(StandardCharsets.UTF_8));
    }

    static Draught claimed() {
        return plain(EventType.RUN_CLAIMED, null, null);
    }

    static Draught claimedAsking(int question) {
        return new Draught(EventType.RUN_CLAIMED, question, null, Usage.NONE, null, null, null, null, null, false, List.of(),
                null);
    }

    static Draught heard(String input) {
        return plain(EventType.INPUT_HEARD, input, null);
    }

    static Draught replied() {
        return new Draught(EventType.MODEL_REPLIED, 0, null, USAGE, COST, null, null, null, null, false, List.of(), null);
    }

    static Draught toolsRan() {
        return plain(EventType.TOOLS_RAN, null, null);
    }

    static Draught yielded(String reason) {
        return plain(EventType.RUN_YIELDED, null, reason);
    }

    static Draught alerted(Raised raised, String... receivers) {
        return new Draught(EventType.RUN_ALERTED, 0, null, Usage.NONE, null, null, null, null, null, false,
                Arrays.asList(receivers), raised);
    }

    static Draught delivered(String status, Digest digest) {
        return new Draught(EventType.RUN_CONCLUDED, 0, null, Usage.NONE, null, EntryHeader.DELIVERED, status, digest, null,
                false, List.of(), null);
    }

    static Draught escalated(Raised raised, String... receivers) {
        return new Draught(EventType.RUN_CONCLUDED, 0, null, Usage.NONE, null, EntryHeader.ESCALATED, null, null, null, false,
                Arrays.asList(receivers), raised);
    }

    static Draught failed(String reason, boolean redrivable) {
        return new Draught(EventType.RUN_CONCLUDED, 0, null, Usage.NONE, null, EntryHeader.FAILED, null, null, reason,
                redrivable, List.of(), null);
    }

    static Digest digest(int number) {
        return new Digest("sha256:" + HexFormat.of().toHexDigits(number).repeat(8));
    }

    private static Draught plain(EventType type, @Nullable String input, @Nullable String reason) {
        return new Draught(type, 0, input, Usage.NONE, null, null, null, null, reason, false, List.of(), null);
    }
}
