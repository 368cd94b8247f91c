package dev.relais.schemas.example;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.DeliverablePublished;
import dev.relais.schemas.event.OutcomeEvent;
import dev.relais.schemas.event.TaskCanceled;
import dev.relais.schemas.event.TaskFailed;
import dev.relais.schemas.event.TaskRejected;
import dev.relais.schemas.topic.Topics;
import dev.relais.schemas.wire.Decoded;
import dev.relais.schemas.wire.EventCodec;

/** The two programs of the README: whoever changes one changes the other. */
final class ConsumerExample {
    private ConsumerExample() {}

    /** Asks for work with kafka-clients alone: five headers and a JSON object. */
    static void submit(Producer<String, byte[]> producer) throws ExecutionException, InterruptedException {
        var task = new ProducerRecord<>("relais.requests", "checkout-42",
                """
                        {"taskId": "checkout-42", "mode": 2, "request": "Write the endpoint POST /orders, with tests."}"""
                        .getBytes(StandardCharsets.UTF_8));
        Map.of("ce_specversion", "1.0",
                "ce_id", "order-page-7",
                "ce_source", "https://shop.example.org/backlog",
                "ce_type", "dev.relais.task.requested.v1",
                "content-type", "application/json")
                .forEach((name, value) -> task.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        producer.send(task).get();
    }

    static Producer<String, byte[]> producer(String bootstrapServers) {
        return new KafkaProducer<>(Map.of("bootstrap.servers", bootstrapServers, "acks", "all"), new StringSerializer(),
                new ByteArraySerializer());
    }

    /** Reads what tasks came to: each outcome appears once. */
    static List<String> read(Consumer<byte[], byte[]> consumer) {
        var codec = new EventCodec();
        var lines = new ArrayList<String>();
        for (var record : consumer.poll(Duration.ofSeconds(1))) {
            switch (codec.decode(record.headers(), record.key(), record.value())) {
                case Decoded.Accepted accepted -> outcome(accepted).map(ConsumerExample::line).ifPresent(lines::add);
                case Decoded.Malformed malformed -> lines.add("not understood: " + malformed.detail());
            }
        }
        return lines;
    }

    private static Optional<OutcomeEvent> outcome(Decoded.Accepted accepted) {
        return accepted.event().data() instanceof OutcomeEvent outcome ? Optional.of(outcome) : Optional.empty();
    }

    private static String line(OutcomeEvent outcome) {
        return switch (outcome) {
            case DeliverablePublished done -> done.taskId() + " " + done.statusVerified() + " on branch " + done.branch();
            case TaskFailed failed -> failed.taskId() + " failed: " + failed.detail();
            case TaskCanceled canceled -> canceled.taskId() + " was canceled";
            case TaskRejected rejected -> rejected.taskId() + " was rejected";
        };
    }

    static Consumer<byte[], byte[]> consumer(String bootstrapServers) {
        var settings = new HashMap<String, Object>();
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("group.id", "shop");
        settings.put("auto.offset.reset", "earliest");
        settings.put("isolation.level", "read_committed");
        var consumer = new KafkaConsumer<byte[], byte[]>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of(new Topics("relais.").deliverables(new AgentName("backend-dev"))));
        return consumer;
    }
}
