package dev.relais.coordinator.streams;

import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;

import dev.relais.schemas.event.WorkDispatched;

/** A shard and two workers that live. */
abstract class TwoWorkers {
    final Rig rig;
    final FakeWorker first;
    final FakeWorker second;

    TwoWorkers(Path directory) {
        rig = Rig.of(directory);
        first = new FakeWorker(rig, "w1", 4);
        second = new FakeWorker(rig, "w2", 4);
        rig.livingTicks(1, first, second);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    final WorkDispatched dispatched(String task) {
        rig.request(Asking.task(task));
        return rig.work().getFirst();
    }
}
