package dev.relais.schemas.wire;

import java.math.BigDecimal;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.relais.schemas.event.Digest;
import dev.relais.schemas.event.Raised;
import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.Usage;
import dev.relais.schemas.event.WorkerId;

/** All that the coordinator reads of a journal entry: its headers (rule 1). */
public record EntryHeader(EventType type, TaskId task, int epoch, WorkerId owner, int sequence, boolean wantsGrant,
        @Nullable String input,
        Usage usage, @Nullable BigDecimal costUsd, @Nullable String outcome, @Nullable String statusVerified,
        @Nullable Digest digest,
        @Nullable String reason, boolean redrivable, List<String> receivers, @Nullable Raised raised) {
    public EntryHeader {
        receivers = List.copyOf(receivers);
    }
}
