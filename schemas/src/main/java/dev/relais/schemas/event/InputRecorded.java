package dev.relais.schemas.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What became of a verdict, answer, message or cancel.
 *
 * @param input the CloudEvents id of the event that brought it
 * @param source its CloudEvents source: another producer's event may have the same id
 * @param kind verdict, answer, message, cancel
 * @param standing applied; pending (it will be heard at the next epoch); stale (another digest); repeated (already judged or heard); late (the task has ended);
 *     timed-out
 * @param decision ok, changes or refuse, of a verdict
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InputRecorded(TaskId taskId, String input, String source, String kind, String standing, @Nullable String decision,
        @Nullable Digest digest,
        @Nullable String text, @Nullable String by, int round) implements ValidationEvent {}
