package dev.relais.schemas.event;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One epoch of a task, ready to be claimed.
 *
 * @param round counts the verdicts that asked for changes, and the answers to a blocked or pending deliverable; from 1
 * @param request the request as accepted, with {@code taskId} and {@code agent} filled in
 * @param mode the validation mode in force
 * @param inputs what must be heard at this epoch's start, in order; the first of a task's life is the request itself
 * @param journalPartition where the accepted entries lie
 * @param offsets the accepted entries' offsets there, ascending; empty for a fresh start (rule 4)
 * @param envelope what the task may spend over its life
 * @param wallSpent seconds of the envelope's wall that are spent
 * @param suspect a task that may kill its workers: a worker runs one such at a time (rule 9)
 */
public record WorkDispatched(TaskId taskId, int epoch, int round, AgentName agent, TaskRequested request, int mode,
        List<Input> inputs, int journalPartition, List<Long> offsets, Envelope envelope, long wallSpent,
        boolean suspect) implements WorkEvent {
    public WorkDispatched {
        inputs = List.copyOf(inputs);
        offsets = List.copyOf(offsets);
    }

    /**
     * A word that waits to be heard.
     *
     * @param id of the event that brought it; the {@code heard} entry names it
     * @param kind request, answer, changes, message
     * @param raised where the question was raised that an answer answers: the answer becomes that call's result
     */
    public record Input(String id, InputKind kind, String text, @Nullable Raised raised, @Nullable String by) {}
}
