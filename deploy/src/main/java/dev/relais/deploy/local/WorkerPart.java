package dev.relais.deploy.local;

import org.slf4j.LoggerFactory;

import dev.relais.schemas.setting.Settings;

/** The worker, in process. */
final class WorkerPart {
    private WorkerPart() {}

    static AutoCloseable start(Settings settings) {
        LoggerFactory.getLogger(WorkerPart.class).warn("no worker yet for {}", settings);
        return () -> {
        };
    }
}
