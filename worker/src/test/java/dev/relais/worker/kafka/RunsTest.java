package dev.relais.worker.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;

import dev.relais.schemas.event.InputKind;
import dev.relais.schemas.event.JournalEntry;
import dev.relais.schemas.event.WorkDispatched;
import dev.relais.worker.kafka.ActiveRun.Stop;
import dev.relais.worker.run.TaskRun.Left;
import dev.relais.worker.workspace.MachineProbe;

import static org.assertj.core.api.Assertions.assertThat;

class RunsTest {
    private static final JournalEntry WORD = new JournalEntry.Heard("w", InputKind.WORKER, "x", null);

    @Test
    void aClaimAndItsInputsAreSentTogetherFromSequenceZero() throws InterruptedException {
        var edge = new Edge(true);
        edge.started(1, false);
        edge.awaitBegun();
        edge.awaitQuiet();
        assertThat(edge.sent()).containsExactly("Claimed 1.0", "Heard 1.1");
    }

    @Test
    void aRunThatWaitsForItsGrantBeginsWithIt() throws InterruptedException {
        var edge = new Edge(true);
        Runs.Claim claim = edge.started(1, true);
        assertThat(edge.begun).isEmpty();
        claim.run().grant(claim.run().asked());
        edge.awaitBegun();
        edge.awaitQuiet();
    }

    @Test
    void aRunThatIsNotGrantedAsksAgainAndThenGoesOnFromItsClaim() throws InterruptedException {
        var edge = new Edge(true, Duration.ofMillis(1));
        edge.body = (_, journal) -> {
            journal.append(WORD);
            return new Left.WithOutcome("delivered");
        };
        Runs.Claim claim = edge.started(1, true);
        edge.awaitSent(4);
        assertThat(edge.begun).isEmpty();
        claim.run().grant(claim.run().asked());
        edge.awaitBegun();
        edge.awaitQuiet();
        assertThat(edge.sent()).startsWith("Claimed 1.0", "Heard 1.1", "Claimed 1.0", "Claimed 1.0").endsWith("Heard 1.2");
        assertThat(edge.questions()).startsWith(1, 2, 3)
                .hasSize((int) edge.sent().stream().filter("Claimed 1.0"::equals).count());
    }

    @Test
    void i6_aRunThatMayBeLostBeginsNothingBeforeItIsGrantedAnew() throws InterruptedException {
        var edge = new Edge(true);
        edge.body = (_, journal) -> {
            edge.active.doubtAll();
            edge.admissions.take().await();
            journal.append(WORD);
            return new Left.WithOutcome("delivered");
        };
        Runs.Claim claim = edge.started(1, false);
        edge.awaitSent(3);
        assertThat(edge.sent()).as("it asks at once").containsExactly("Claimed 1.0", "Heard 1.1", "Claimed 1.0");
        assertThat(edge.questions()).containsExactly(1);
        claim.run().grant(claim.run().asked());
        edge.awaitQuiet();
        assertThat(edge.sent()).last().isEqualTo("Heard 1.2");
    }

    @Test
    void i6_anAnswerFromBeforeASilenceBeginsNothing() throws InterruptedException {
        var edge = new Edge(true);
        Runs.Claim claim = edge.started(1, true);
        edge.active.doubtAll();
        claim.run().grant(1);
        edge.awaitSent(3);
        claim.run().grant(1);
        assertThat(edge.questions()).containsExactly(1, 2);
        assertThat(claim.run().isGranted()).isFalse();
        assertThat(edge.begun).isEmpty();
        claim.run().grant(2);
        edge.awaitBegun();
        edge.awaitQuiet();
    }

    @Test
    void aRunThatLeavesWithTheWorkerYieldsWithTheNextSequence() throws InterruptedException {
        var edge = new Edge(true);
        edge.body = (_, journal) -> {
            journal.append(WORD);
            return Edge.untilStopped();
        };
        edge.started(1, false);
        edge.awaitBegun();
        edge.leave();
        assertThat(edge.sent()).last().asString().startsWith("Yielded 1.");
        assertThat(edge.sent()).doesNotHaveDuplicates();
    }

    @Test
    void i3_aFencedRunWritesNothingMore() throws InterruptedException {
        var edge = new Edge(true);
        var fenced = new CountDownLatch(1);
        var wrote = new CountDownLatch(1);
        edge.body = (_, journal) -> {
            uninterrupted(fenced);
            try {
                journal.append(WORD);
            } finally {
                wrote.countDown();
            }
            return new Left.WithOutcome("delivered");
        };
        Runs.Claim claim = edge.started(1, false);
        edge.awaitBegun();
        claim.run().stop(Stop.SHUTDOWN);
        claim.run().stop(Stop.FENCED);
        fenced.countDown();
        Edge.await(wrote);
        edge.awaitQuiet();
        assertThat(edge.sent()).containsExactly("Claimed 1.0", "Heard 1.1");
    }

    @Test
    void everyEntryCarriesTheHashOfThePersonaThatTheTaskWasFramedWith() throws InterruptedException {
        var first = new Edge(true);
        first.claim(1, false).journal().append(WORD);
        assertThat(first.personaHashes()).containsExactly("hash", "hash", "hash");
        var later = new Edge(true);
        WorkDispatched plain = Edge.work(2, false);
        var resumed = new WorkDispatched(plain.taskId(), 2, 1, plain.agent(), plain.request(), 1, List.of(), 0, List.of(4L),
                plain.envelope(), 0, false);
        later.runs.claim(later.record(0, resumed, 1), resumed, Map.of("personahash", "of the frame"), false).journal()
                .append(WORD);
        assertThat(later.personaHashes()).containsExactly("of the frame", "of the frame");
    }

    @Test
    void aStopBeforeTheThreadIsThereStopsTheRun() throws InterruptedException {
        var edge = new Edge(true);
        edge.body = (_, _) -> Edge.untilStopped();
        Runs.Claim claim = edge.claim(1, true);
        claim.run().stop(Stop.CANCELED);
        edge.start(claim);
        edge.awaitQuiet();
        assertThat(edge.begun).isEmpty();
        assertThat(edge.sent()).containsExactly("Claimed 1.0", "Heard 1.1");
    }

    @Test
    void aRunIsNamedFromItsClaimUntilItsLastEntry() throws InterruptedException {
        var edge = new Edge(true);
        var end = new CountDownLatch(1);
        edge.body = (_, _) -> {
            Edge.await(end);
            return new Left.Yielding("model-unavailable", "away");
        };
        Runs.Claim claim = edge.claim(1, false);
        assertThat(edge.active.named(0)).as("its claim is on its way, and beats come behind it")
                .containsExactly(claim.run().key().toString());
        edge.start(claim);
        assertThat(edge.active.named(0)).containsExactly(claim.run().key().toString());
        end.countDown();
        edge.awaitBegun();
        edge.awaitQuiet();
        assertThat(edge.active.named(0)).isEmpty();
    }

    @Test
    void aDefectIsNotYieldedSoThatItIsCounted() throws InterruptedException {
        var edge = new Edge(true);
        edge.body = (_, _) -> {
            throw new IllegalStateException("a defect");
        };
        edge.started(1, false);
        edge.awaitBegun();
        edge.awaitQuiet();
        assertThat(edge.sent()).containsExactly("Claimed 1.0", "Heard 1.1");
        assertThat(edge.fault.what()).isEmpty();
    }

    @Test
    void aWorkerThatIsRefusedSaysSoBeforeItYields() throws InterruptedException {
        var edge = new Edge(true);
        edge.body = (_, _) -> new Left.Yielding(Left.WORKER_REFUSED, "401");
        edge.started(1, false);
        edge.awaitBegun();
        edge.awaitQuiet();
        assertThat(edge.fault.what()).contains("401");
        assertThat(edge.sent()).last().isEqualTo("Yielded 1.2");
    }

    @Test
    void errorOfOneRunIsNotTheMachinesWhereTheMachineIsWell() throws InterruptedException {
        var edge = new Edge(true);
        edge.body = (_, _) -> new Left.Yielding(Left.WORKER_FAULT, "a file that nobody can read");
        edge.started(1, false);
        edge.awaitBegun();
        edge.awaitQuiet();
        assertThat(edge.fault.what()).isEmpty();
        assertThat(edge.sent()).last().isEqualTo("Yielded 1.2");
    }

    @Test
    void errorOfAMachineThatIsNotWellStopsTheWorker() throws InterruptedException {
        var edge = new Edge(true);
        edge.machine = new MachineProbe.Probe.Failed("no space");
        edge.body = (_, _) -> new Left.Yielding(Left.WORKER_FAULT, "disk");
        edge.started(1, false);
        edge.awaitBegun();
        edge.awaitQuiet();
        assertThat(edge.fault.what()).contains("no space");
    }

    @Test
    void inputsOfALaterEpochAreLeftToTheFramesPersona() throws InterruptedException {
        var edge = new Edge(true);
        WorkDispatched first = Edge.work(2, false);
        var later = new WorkDispatched(first.taskId(), 2, 1, first.agent(), first.request(), 1, first.inputs(), 0,
                List.of(4L, 5L),
                first.envelope(), 0, false);
        edge.start(edge.runs.claim(edge.record(1, later, 1), later, Map.of(), false));
        edge.awaitBegun();
        edge.awaitQuiet();
        assertThat(edge.sent()).containsExactly("Claimed 2.0");
    }

    @Test
    void suspectsRunOneAtATimeUntilTheirNextEntry() throws InterruptedException {
        var edge = new Edge(true);
        var end = new CountDownLatch(1);
        edge.body = (work, journal) -> {
            journal.append(WORD);
            if (work.epoch() == 1) {
                Edge.await(end);
                journal.append(new JournalEntry.ToolsRan(List.of(), null, List.of(), 0));
            }
            return Edge.untilStopped();
        };
        Runs.Claim first = suspect(edge, 1);
        edge.awaitSent(3);
        assertThat(edge.sent()).as("its turn has come").containsExactly("Claimed 1.0", "Heard 1.1", "Claimed 1.0");
        assertThat(edge.begun).as("it is not granted yet").isEmpty();
        first.run().grant(1);
        edge.awaitBegun();
        edge.awaitSent(1);
        Runs.Claim second = suspect(edge, 2);
        edge.awaitSent(2);
        assertThat(edge.active.suspects().availablePermits()).isZero();
        end.countDown();
        edge.awaitSent(2);
        assertThat(edge.sent()).as("the second one says nothing until the first one's next entry")
                .endsWith("Claimed 2.0", "Heard 2.1", "ToolsRan 1.3", "Claimed 2.0");
        second.run().grant(1);
        assertThat(edge.awaitBegun().epoch()).as("the first run goes on, and is no suspect any more").isEqualTo(2);
        edge.leave();
        assertThat(edge.active.suspects().availablePermits()).isOne();
    }

    /** Its lock may have run out, and another worker may own it (worker/docs/0010). */
    @Test
    void i6_workThatGrewOldBeforeItsClaimWasDurableAsksBeforeItBegins() throws InterruptedException {
        var edge = new Edge(true);
        edge.body = (_, _) -> Edge.untilStopped();
        Runs.Claim claim = edge.claim(1, false);
        edge.runs.start(claim, _ -> true);
        edge.awaitSent(3);
        assertThat(edge.sent()).containsExactly("Claimed 1.0", "Heard 1.1", "Claimed 1.0");
        assertThat(edge.begun).as("it is not granted yet").isEmpty();
        claim.run().grant(1);
        assertThat(edge.awaitBegun().epoch()).isEqualTo(1);
        edge.leave();
    }

    private static Runs.Claim suspect(Edge edge, int epoch) throws InterruptedException {
        WorkDispatched work = Edge.work(epoch, true);
        Runs.Claim claim = edge.runs.claim(edge.record(epoch, work, 1), work, Map.of(), false);
        edge.start(claim);
        return claim;
    }

    /** A tool that heeds no interrupt. */
    private static void uninterrupted(CountDownLatch latch) {
        boolean interrupted = false;
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.interrupted();
        }
    }
}
