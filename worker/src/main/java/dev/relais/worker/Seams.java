package dev.relais.worker;

import java.util.function.UnaryOperator;

import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.clients.producer.Producer;

import dev.relais.worker.kafka.RunFactory;
import dev.relais.worker.workspace.Workspaces;

/**
 * Where another composition root may stand between a worker and what it talks to. The worker itself stands nowhere between.
 *
 * @param inbox around the consumer of an agent's inbox
 * @param journal around the producer of entries and beats
 * @param runs around what makes a run of a claim
 * @param workspaces around the working trees
 * @param models what opens the model that its runs ask
 */
public record Seams(UnaryOperator<ShareConsumer<byte[], byte[]>> inbox, UnaryOperator<Producer<byte[], byte[]>> journal,
        UnaryOperator<RunFactory> runs, UnaryOperator<Workspaces> workspaces, Worker.ModelDoor models) {
    public static final Seams PLAIN = new Seams(UnaryOperator.identity(), UnaryOperator.identity(), UnaryOperator.identity(),
            UnaryOperator.identity(), Worker::messagesApi);

    /** The same, with runs that ask another model. */
    public Seams asking(Worker.ModelDoor other) {
        return new Seams(inbox, journal, runs, workspaces, other);
    }
}
