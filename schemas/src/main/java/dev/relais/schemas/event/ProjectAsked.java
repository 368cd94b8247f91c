package dev.relais.schemas.event;

/** Mail from a task's shard to a project's home: which mode holds? Applied once by (task, number). */
public record ProjectAsked(String project, TaskId taskId, int number) implements RequestEvent {}
