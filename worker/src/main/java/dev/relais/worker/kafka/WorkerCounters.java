package dev.relais.worker.kafka;

import io.micrometer.core.instrument.MeterRegistry;

import dev.relais.schemas.event.JournalEntry;
import dev.relais.schemas.event.Usage;
import dev.relais.worker.run.RunEvents;

/** What a worker counts. */
public final class WorkerCounters implements RunEvents {
    private final MeterRegistry registry;

    public WorkerCounters(MeterRegistry registry, ActiveRuns runs) {
        this.registry = registry;
        registry.gauge("relais.worker.runs.in.flight", runs, ActiveRuns::inFlight);
        registry.gauge("relais.worker.slots.free", runs, ActiveRuns::free);
    }

    void claimed() {
        registry.counter("relais.worker.claims").increment();
    }

    void fenced() {
        registry.counter("relais.worker.fenced").increment();
    }

    void redelivered() {
        registry.counter("relais.worker.redeliveries").increment();
    }

    @Override
    public void recorded(JournalEntry entry) {
        switch (entry) {
            case JournalEntry.Replied replied -> replied(replied);
            case JournalEntry.ToolsRan ran -> registry.counter("relais.worker.tool.calls").increment(ran.results().size());
            case JournalEntry.Yielded yielded -> registry.counter("relais.worker.yields", "reason", yielded.reason()).increment();
            case JournalEntry.Concluded _ -> registry.counter("relais.worker.conclusions").increment();
            case JournalEntry.Claimed _,JournalEntry.Heard _,JournalEntry.Alerted _ -> {
            }
        }
    }

    private void replied(JournalEntry.Replied replied) {
        Usage usage = replied.usage();
        registry.counter("relais.worker.turns", "model", replied.model()).increment();
        registry.counter("relais.worker.tokens", "kind", "input").increment((double) usage.input());
        registry.counter("relais.worker.tokens", "kind", "cache_write").increment((double) usage.cacheWrite());
        registry.counter("relais.worker.tokens", "kind", "cache_read").increment((double) usage.cacheRead());
        registry.counter("relais.worker.tokens", "kind", "output").increment((double) usage.output());
        if (replied.costUsd() != null) {
            registry.counter("relais.worker.cost.usd").increment(replied.costUsd().doubleValue());
        }
    }
}
