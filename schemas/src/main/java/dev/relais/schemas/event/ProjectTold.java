package dev.relais.schemas.event;

/** A project home's answer to {@link ProjectAsked}, which the task records before its first dispatch. */
public record ProjectTold(String project, TaskId taskId, int mode, int number) implements RequestEvent {}
