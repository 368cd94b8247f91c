package dev.relais.coordinator.task;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * One writer's mind: what one event does to one task (DESIGN.md section 3, rules 1-13). Pure; the same for the live path, a replay and the
 * simulation.
 */
public final class TaskMachine implements Decider {
    private final Ending ending;
    private final Admission admission = new Admission();
    private final Dispatching dispatching;
    private final Runs runs;
    private final Verdicts verdicts;
    private final Inputs inputs;
    private final Waits waits;

    /** @param tick the interval that ticks count, by which wall time is charged */
    public TaskMachine(Duration tick) {
        this.ending = new Ending();
        this.dispatching = new Dispatching(tick, ending);
        this.runs = new Runs(new Conclusions(ending), ending);
        this.verdicts = new Verdicts(ending);
        this.inputs = new Inputs(ending);
        this.waits = new Waits(ending);
    }

    @Override
    public Result decide(@Nullable Task task, TaskEvent event, Now now) {
        if (task == null) {
            return event instanceof TaskEvent.Requested requested
                    ? new Result.Decided(admission.admit(requested, now))
                    : new Result.Unknown();
        }
        var draft = new Draft(task, task, now);
        return new Result.Decided(switch (event) {
            case TaskEvent.Requested requested -> admission.again(draft, requested);
            case TaskEvent.ModeTold told -> admission.told(draft, told);
            case TaskEvent.DispatchDue _ -> dispatching.dispatch(draft);
            case TaskEvent.StoodUnclaimed _ -> dispatching.unclaimed(draft);
            case TaskEvent.Entry entry -> runs.entry(draft, entry);
            case TaskEvent.OwnerLost lost -> runs.lost(draft, lost);
            case TaskEvent.Verdict verdict -> verdicts.verdict(draft, verdict);
            case TaskEvent.Answer answer -> inputs.answer(draft, answer);
            case TaskEvent.Message message -> inputs.message(draft, message);
            case TaskEvent.Cancel cancel -> inputs.cancel(draft, cancel);
            case TaskEvent.TimerFired fired -> waits.fired(draft, fired);
            case TaskEvent.Faulty faulty -> ending.faulty(draft, faulty);
        });
    }

    /** What deciding came to. */
    public sealed interface Result {
        record Decided(Decision decision) implements Result {}

        /** No such task: a verdict, answer, message or cancel is kept for ten minutes, an entry is fenced. */
        record Unknown() implements Result {}
    }
}
