package dev.relais.schemas.event;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A record that could not be used, or a task that failed, with its reason.
 *
 * @param reason a stable code: not-json, invalid, unknown-type, unknown-agent, unsupported-field, too-large, conflict, unknown-task, no-value, …
 * @param detail what is wrong, where, and what to do
 * @param where a JSON pointer, a header's name or a line and column, where one is known
 * @param topic, partition, offset of the record, as far as there was one
 * @param redrivable whether asking again can help once the cause is mended: the record is kept whole, or its task may be asked for under another id
 * @param headers of the record, values as UTF-8
 * @param value the record's value, its first 64 KiB, base64
 * @param truncated whether {@code value} is only the beginning
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeadLetter(String reason, String detail, @Nullable String where, @Nullable TaskId taskId, @Nullable String topic,
        @Nullable Integer partition, @Nullable Long offset, boolean redrivable, Map<String, String> headers, @Nullable String key,
        @Nullable String value, boolean truncated) implements EventData {
    public DeadLetter {
        headers = Lists.copyOrEmpty(headers);
    }
}
