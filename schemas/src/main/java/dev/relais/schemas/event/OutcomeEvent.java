package dev.relais.schemas.event;

/** What stands on {@code deliverables.<agent>}: what may be used, and how a task ended otherwise. */
public sealed interface OutcomeEvent extends EventData permits DeliverablePublished, TaskFailed, TaskCanceled, TaskRejected {}
