package dev.relais.deploy.crash;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;

import dev.relais.coordinator.CoordinatorMain;

/** A composition root: the coordinator as it ships, with a fuse around the commits of transactions that say something to workers or consumers. */
final class FusedCoordinator extends DefaultKafkaClientSupplier {
    private final Fuse fuse;

    private FusedCoordinator(Fuse fuse) {
        this.fuse = fuse;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var fuse = Fuse.ofThisProcess();
        System.exit(CoordinatorMain.run(System.getenv(),
                (topology, properties) -> new KafkaStreams(topology, properties, new FusedCoordinator(fuse))));
    }

    @Override
    @SuppressWarnings("unchecked") // The proxy implements exactly this interface.
    public Producer<byte[], byte[]> getProducer(Map<String, Object> configuration) {
        Producer<byte[], byte[]> producer = super.getProducer(configuration);
        var says = new AtomicBoolean();
        return (Producer<byte[], byte[]>) Proxy.newProxyInstance(FusedCoordinator.class.getClassLoader(),
                new Class<?>[]{Producer.class}, (_, method, arguments) -> {
                    if (method.getName().equals("send") && arguments[0] instanceof ProducerRecord<?, ?> record) {
                        says.compareAndSet(false, record.topic().contains("inbox.") || record.topic().contains("deliverables."));
                    }
                    boolean commits = method.getName().equals("commitTransaction") && says.getAndSet(false);
                    if (commits) {
                        fuse.pass(CrashPoint.BEFORE_COMMIT);
                    }
                    Object result = FusedInbox.forwarded(producer, method, arguments);
                    if (commits) {
                        fuse.pass(CrashPoint.AFTER_COMMIT);
                    }
                    return result;
                });
    }
}
