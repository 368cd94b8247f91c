package dev.relais.worker.kafka;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockShareConsumer;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WorkFeedTest {
    private final Inbox inbox = new Inbox();

    /** Keeps the acknowledgements, and what the journal held when each was given. */
    private static final class Inbox extends MockShareConsumer<byte[], byte[]> {
        private final List<String> acknowledged = new ArrayList<>();
        private int polls;
        private int commits;

        Inbox() {
            subscribe(List.of("inbox"));
        }

        @Override
        public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            polls++;
            return super.poll(timeout);
        }

        @Override
        public synchronized Map<TopicIdPartition, Optional<KafkaException>> commitSync() {
            commits++;
            return super.commitSync();
        }

        @Override
        public synchronized void acknowledge(ConsumerRecord<byte[], byte[]> record, AcknowledgeType type) {
            acknowledged.add(record.offset() + " " + type);
        }
    }

    @Test
    void aWorkerThatBecomesFullSendsItsAcknowledgementsWithoutAnotherPoll() throws InterruptedException {
        var edge = new Edge(true);
        edge.body = (_, _) -> Edge.untilStopped();
        for (int epoch = 1; epoch < edge.active.capacity(); epoch++) {
            edge.started(epoch, false);
        }
        inbox.addRecord(edge.record(7, Edge.work(edge.active.capacity(), false), 1));
        feed(edge).doWork();
        assertThat(inbox.acknowledged).containsExactly("7 accept");
        assertThat(inbox.commits).isEqualTo(1);
        edge.leave();
    }

    @Test
    void acknowledgementsThatWaitForAPollGoWithoutItWhereAnotherFeedFillsTheWorker() throws InterruptedException {
        var edge = new Edge(true);
        edge.body = (_, _) -> Edge.untilStopped();
        inbox.addRecord(edge.record(7, Edge.work(1, false), 1));
        var feed = feed(edge);
        feed.doWork();
        assertThat(inbox.commits).as("the next poll takes them along").isZero();
        for (int epoch = 2; epoch <= edge.active.capacity(); epoch++) {
            edge.started(epoch, false);
        }
        feed.doWork();
        feed.doWork();
        assertThat(inbox.commits).isEqualTo(1);
        assertThat(inbox.polls).isEqualTo(1);
        edge.leave();
    }

    @Test
    void aPollBringsMoreWhereThereIsRoomForThousands() {
        assertThat(WorkFeed.mostPolled(8)).isEqualTo(32);
        assertThat(WorkFeed.mostPolled(5_500)).isEqualTo(343);
    }

    private WorkFeed feed(Edge edge) {
        return new WorkFeed(() -> inbox, edge.codec, edge.active, edge.runs, Edge.CLOCK, () -> edge.fault.what().isEmpty(),
                edge.counters);
    }

    @Test
    void workIsAcknowledgedWhenItsClaimIsDurable() throws InterruptedException {
        var edge = new Edge(true);
        inbox.addRecord(edge.record(7, Edge.work(1, false), 1));
        feed(edge).doWork();
        assertThat(edge.sent()).startsWith("Claimed 1.0", "Heard 1.1");
        assertThat(inbox.acknowledged).containsExactly("7 accept");
        edge.awaitBegun();
        edge.awaitQuiet();
    }

    @Test
    void aFeedWhoseGroupIsGoneJoinsItAgain() throws InterruptedException {
        var edge = new Edge(true);
        var left = new ArrayList<String>();
        var lost = new MockShareConsumer<byte[], byte[]>() {
            @Override
            public synchronized void close(Duration most) {
                left.add("closed");
            }

            @Override
            public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
                throw new GroupIdNotFoundException("gone");
            }
        };
        var consumers = new ArrayDeque<Supplier<ShareConsumer<byte[], byte[]>>>(List.of(() -> lost, () -> {
            throw new KafkaException("No resolvable bootstrap urls given in bootstrap.servers");
        }, () -> inbox));
        inbox.addRecord(edge.record(7, Edge.work(1, false), 1));
        var feed = new WorkFeed(() -> consumers.remove().get(), edge.codec, edge.active, edge.runs, Edge.CLOCK, () -> true,
                edge.counters);
        assertThat(feed.doWork()).isPositive();
        assertThat(feed.doWork()).as("the broker's name is gone too").isPositive();
        assertThat(left).containsExactly("closed");
        feed.doWork();
        assertThat(inbox.acknowledged).containsExactly("7 accept");
        edge.awaitBegun();
        edge.awaitQuiet();
    }

    @Test
    void workWhoseClaimWasNotWrittenIsLeftToTheCoordinator() throws InterruptedException {
        var edge = new Edge(true);
        edge.producer.sendException = new IllegalStateException("no journal");
        inbox.addRecord(edge.record(7, Edge.work(1, false), 1));
        feed(edge).doWork();
        assertThat(inbox.acknowledged).containsExactly("7 accept");
        assertThat(edge.active.inFlight()).isZero();
        assertThat(edge.begun).isEmpty();
    }

    @Test
    void anEpochThatIsDeliveredAgainIsNotStartedTwice() throws InterruptedException {
        var edge = new Edge(true);
        inbox.addRecord(edge.record(7, Edge.work(1, false), 1));
        inbox.addRecord(edge.record(8, Edge.work(1, false), 2));
        feed(edge).doWork();
        edge.awaitBegun();
        edge.awaitQuiet();
        assertThat(edge.begun).isEmpty();
        assertThat(inbox.acknowledged).containsExactlyInAnyOrder("7 accept", "8 accept");
    }

    @Test
    void workThatIsDeliveredAgainWaitsForItsGrant() throws InterruptedException {
        var edge = new Edge(true);
        inbox.addRecord(edge.record(7, Edge.work(1, false), 2));
        feed(edge).doWork();
        assertThat(edge.begun).isEmpty();
        assertThat(new String(edge.producer.history().getFirst().headers().lastHeader("ce_grant").value(),
                java.nio.charset.StandardCharsets.UTF_8)).isEqualTo("wanted");
        edge.leave();
    }

    @Test
    void i12_aRecordThatIsNoWorkIsRejectedWhileTheOthersFlow() throws InterruptedException {
        var edge = new Edge(true);
        inbox.addRecord(Edge.garbage(6));
        inbox.addRecord(edge.record(7, Edge.work(1, false), 1));
        feed(edge).doWork();
        assertThat(inbox.acknowledged).containsExactlyInAnyOrder("6 reject", "7 accept");
        edge.awaitBegun();
        edge.awaitQuiet();
    }

    @Test
    void aWorkerThatIsFullOrRefusedDoesNotPoll() throws InterruptedException {
        var edge = new Edge(true);
        edge.fault.raise(WorkerFault.Where.MODEL, "401");
        feed(edge).doWork();
        edge.fault.clear(WorkerFault.Where.MODEL);
        edge.body = (_, _) -> Edge.untilStopped();
        for (int epoch = 1; epoch <= edge.active.capacity(); epoch++) {
            edge.started(epoch, false);
        }
        feed(edge).doWork();
        assertThat(inbox.polls).isZero();
        edge.leave();
    }

    @Test
    void workerThatLeavesInTheMiddleGivesUpWhatItHasClaimed() throws InterruptedException {
        var edge = new Edge(false);
        inbox.addRecord(edge.record(7, Edge.work(1, false), 1));
        inbox.addRecord(edge.record(8, Edge.work(2, false), 1));
        Thread.currentThread().interrupt();

        assertThatThrownBy(feed(edge)::doWork).isInstanceOf(InterruptedException.class);

        assertThat(edge.sent()).contains("Yielded 1.2", "Yielded 2.2");
        assertThat(edge.active.inFlight()).isZero();
        assertThat(inbox.acknowledged).as("the claims' acks were never seen").isEmpty();
    }
}
