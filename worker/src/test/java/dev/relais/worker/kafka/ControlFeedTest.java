package dev.relais.worker.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

import dev.relais.schemas.event.ControlEvent;
import dev.relais.schemas.event.Event;
import dev.relais.schemas.event.RunKey;
import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.WorkerId;
import dev.relais.worker.kafka.ActiveRun.Stop;

import static org.assertj.core.api.Assertions.assertThat;

class ControlFeedTest {
    private static final TopicPartition PARTITION = new TopicPartition("control", 0);
    private static final TaskId TASK = new TaskId("t-1");
    private static final RunKey KEY = RunKey.of(TASK, 1);
    private static final WorkerId OTHER = new WorkerId("other.1");

    private final Edge edge = new Edge(true);
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("latest");
    private final ActiveRun run = new ActiveRun(KEY, 0, true);
    private final ControlFeed feed;
    private long offset;

    ControlFeedTest() {
        consumer.updateEndOffsets(Map.of(PARTITION, 0L));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        feed = new ControlFeed(consumer, PARTITION, edge.codec, edge.active, Edge.WORKER, edge.counters);
        edge.active.add(run);
    }

    private void says(ControlEvent event) {
        ProducerRecord<byte[], byte[]> sent = edge.codec.toRecord("control", 0,
                new Event<>("c", "relais/coordinator", TASK.value(), Instant.EPOCH, Map.of(), event));
        consumer.addRecord(record(sent.value(), new RecordHeaders(sent.headers())));
        feed.doWork();
    }

    private ConsumerRecord<byte[], byte[]> record(byte[] value, RecordHeaders headers) {
        return new ConsumerRecord<>("control", 0, offset++, 0, TimestampType.CREATE_TIME, 0, 0, new byte[0], value, headers,
                Optional.empty());
    }

    @Test
    void cancelStopsTheRun() {
        says(new ControlEvent.StopRun(KEY.toString(), TASK, 1));
        assertThat(run.stopped()).isEqualTo(Stop.CANCELED);
    }

    @Test
    void fenceOfThisWorkerStopsTheRunAndThatOfAnotherDoesNot() {
        says(new ControlEvent.FenceRun(KEY.toString(), OTHER, "void"));
        assertThat(run.stopped()).isNull();

        says(new ControlEvent.FenceRun(KEY.toString(), Edge.WORKER, "void"));
        assertThat(run.stopped()).isEqualTo(Stop.FENCED);
    }

    /** A beat that still named it reaches the coordinator behind its end. */
    @Test
    void fenceOfARunThatHasWrittenItsLastEntryIsPassedOver() {
        run.unname();
        says(new ControlEvent.FenceRun(KEY.toString(), Edge.WORKER, "a beat names a run that is not current"));
        assertThat(run.stopped()).isNull();
    }

    /** Two workers claim one epoch: only the one whose claim was accepted may begin. */
    @Test
    void grantOfAnotherWorkerBeginsNothing() throws InterruptedException {
        says(new ControlEvent.GrantRun(KEY.toString(), TASK, 1, OTHER, 1));
        assertThat(run.isGranted()).isFalse();

        says(new ControlEvent.GrantRun(KEY.toString(), TASK, 1, Edge.WORKER, 1));
        assertThat(run.awaitGrant(Duration.ofSeconds(20))).isEqualTo(ActiveRun.Wait.GRANTED);
    }

    @Test
    void i6_grantOfAQuestionFromBeforeASilenceIsPassedOver() {
        run.doubt();
        run.asks();
        says(new ControlEvent.GrantRun(KEY.toString(), TASK, 1, Edge.WORKER, 1));
        assertThat(run.isGranted()).isFalse();

        says(new ControlEvent.GrantRun(KEY.toString(), TASK, 1, Edge.WORKER, 2));
        assertThat(run.isGranted()).isTrue();
    }

    @Test
    void i12_recordThatIsNoControlEventIsPassedOver() {
        consumer.addRecord(record(new byte[]{1, 2}, new RecordHeaders()));
        says(new ControlEvent.StopRun(KEY.toString(), TASK, 1));
        assertThat(run.stopped()).isEqualTo(Stop.CANCELED);
        assertThat(edge.active.all()).isEqualTo(List.of(run));
    }
}
