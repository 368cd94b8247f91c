package dev.relais.deploy.bench;

import java.io.IOException;

import dev.relais.worker.Seams;
import dev.relais.worker.Worker;
import dev.relais.worker.WorkerMain;

/** A worker as it is, but for its model: the composition root of the benchmark. */
final class BenchWorkerMain {
    private BenchWorkerMain() {}

    static void main() throws InterruptedException, IOException {
        System.setProperty("logback.configurationFile", "relais-logback.xml");
        System.exit(WorkerMain.run(System.getenv(),
                Seams.PLAIN.asking((settings, prices) -> new PlayedModel(Worker.messagesApi(settings, prices)))));
    }
}
