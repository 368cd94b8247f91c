package dev.relais.deploy.crash;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;

import dev.relais.coordinator.CoordinatorMain;

/** A composition root: the coordinator as it ships, with a fuse around the commits of transactions that dispatch: passed once for each dispatch in them. */
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
        var dispatches = new AtomicInteger();
        return (Producer<byte[], byte[]>) Proxy.newProxyInstance(FusedCoordinator.class.getClassLoader(),
                new Class<?>[]{Producer.class}, (_, method, arguments) -> {
                    if (method.getName().equals("send") && arguments[0] instanceof ProducerRecord<?, ?> record
                            && record.topic().contains("inbox.")) {
                        dispatches.incrementAndGet();
                    }
                    int committed = method.getName().equals("commitTransaction") ? dispatches.getAndSet(0) : 0;
                    passed(fuse, CrashPoint.BEFORE_COMMIT, committed);
                    Object result = FusedInbox.forwarded(producer, method, arguments);
                    passed(fuse, CrashPoint.AFTER_COMMIT, committed);
                    return result;
                });
    }

    private static void passed(Fuse fuse, CrashPoint point, int times) {
        for (int i = 0; i < times; i++) {
            fuse.pass(point);
        }
    }
}
