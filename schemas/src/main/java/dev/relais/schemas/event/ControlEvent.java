package dev.relais.schemas.event;

import org.jspecify.annotations.Nullable;

/** What the coordinator says to workers; each reads all and heeds what names its run. */
public sealed interface ControlEvent extends EventData {
    /** The run, by {@link RunKey} in hex. */
    String run();

    /** End the run's process tree within 5 s: its task was canceled. */
    record StopRun(String run, TaskId taskId, int epoch) implements ControlEvent {}

    /** The run is not current, or was not named in three beats: stop, and write nothing. {@code worker} whose claim or beat was void. */
    record FenceRun(String run, WorkerId worker, String reason) implements ControlEvent {}

    /**
     * The claim is accepted, or was repeated and its run is current: the next model call may go out.
     *
     * @param question that is answered: the claim's {@code ce_question}, 0 where that numbers none; null where who answers knows no numbers
     */
    record GrantRun(String run, TaskId taskId, int epoch, WorkerId worker,
            @Nullable Integer question) implements ControlEvent {
        /** The number of the question, 0 where it is not known. */
        public int answers() {
            return question == null ? 0 : question;
        }
    }
}
