package dev.relais.deploy.crash;

import dev.relais.schemas.event.JournalEntry.Frame;
import dev.relais.worker.kafka.RunFactory;
import dev.relais.worker.persona.Persona;

/** The runs of a worker that does something else with them, and has persona, frame and host as they are. */
interface OtherRuns extends RunFactory {
    /** Those of the worker as it ships. */
    RunFactory runs();

    @Override
    default Persona persona() {
        return runs().persona();
    }

    @Override
    default Frame frame() {
        return runs().frame();
    }

    @Override
    default String host() {
        return runs().host();
    }
}
