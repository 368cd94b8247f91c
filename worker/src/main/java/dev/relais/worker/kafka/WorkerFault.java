package dev.relais.worker.kafka;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Whether the worker itself cannot work: a refused key, a spend limit (rule 6). It takes nothing until a probe succeeds. */
public final class WorkerFault {
    private final AtomicReference<Optional<String>> what = new AtomicReference<>(Optional.empty());

    void raise(String detail) {
        what.set(Optional.of(detail));
    }

    void clear() {
        what.set(Optional.empty());
    }

    public Optional<String> what() {
        return what.get();
    }
}
