package dev.relais.deploy.crash;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import dev.relais.deploy.e2e.Fleet;
import dev.relais.deploy.e2e.Upstream;

/** Tasks of three turns that write files; what a task's tree is in the end hangs on its sort alone. */
final class Work {
    static final int SORTS = 8;
    private static final int ADVICE = 3;

    private final Fleet fleet;
    private final Map<String, Integer> sorts = new LinkedHashMap<>();

    Work(Fleet fleet) {
        this.fleet = fleet;
    }

    /** How long a task's calls take. */
    enum Pace {
        /** Under a second a task. */
        QUICK("TRAVAIL"),
        /** 18 s a task: some are still in flight when a coordinator or a broker that was killed is there again. */
        SLOW("TRAVAIL LENT");

        private final String wish;

        Pace(String wish) {
            this.wish = wish;
        }
    }

    /** @return their ids, of every sort in turn */
    List<String> submit(String prefix, int count, Pace pace) {
        return submit(prefix, count, pace, Map.of());
    }

    /**
     * All at once: nobody waits for one request's acknowledgement before the next is sent.
     *
     * @param more of each request
     */
    List<String> submit(String prefix, int count, Pace pace, Map<String, ?> more) {
        var tasks = new ArrayList<String>();
        try (var producer = new KafkaProducer<>(Map.<String, Object>of("bootstrap.servers", fleet.bootstrap(), "linger.ms", 5),
                new ByteArraySerializer(), new ByteArraySerializer())) {
            var sent = new ArrayList<Future<RecordMetadata>>();
            for (int i = 0; i < count; i++) {
                String task = Fleet.newTask(prefix);
                int sort = i % SORTS;
                sorts.put(task, sort);
                tasks.add(task);
                // The reference makes every conversation its own, so that the request log tells tasks apart.
                var request = Upstream.request(task, pace.wish + " SORTE " + sort + " REF " + task, ADVICE);
                request.putAll(more);
                sent.add(producer.send(record(task, request)));
            }
            producer.flush();
            sent.forEach(Work::isTaken);
        }
        return tasks;
    }

    private static ProducerRecord<byte[], byte[]> record(String task, Map<String, Object> request) {
        var record = new ProducerRecord<>(Fleet.topicName("requests"), Upstream.bytes(task),
                Upstream.bytes(Upstream.json(request)));
        Upstream.attributes("task.requested", UUID.randomUUID().toString())
                .forEach((name, text) -> record.headers().add(name, Upstream.bytes(text)));
        return record;
    }

    private static void isTaken(Future<RecordMetadata> sent) {
        if (sent.state() != Future.State.SUCCESS) {
            throw new AssertionError("the broker refuses a request: " + sent.exceptionNow());
        }
    }

    int sort(String task) {
        Integer sort = sorts.get(task);
        if (sort == null) {
            throw new AssertionError("nobody submitted " + task);
        }
        return sort;
    }
}
