package dev.relais.deploy.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.relais.deploy.crash.HeldWorker.Gate;
import dev.relais.deploy.e2e.Fleet;
import dev.relais.deploy.e2e.Part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A broker that loses its share locks between claim and acknowledgement delivers the work again: to whoever polls first. */
final class LostLocksIT {
    private static final int TASKS = 24;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** @param others workers that are there beside the one that holds the work: without any it comes back to itself */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void workThatIsDeliveredAgainBesideItsClaimIsStartedOnce(int others) throws Exception {
        // A lease of 5 s, and unclaimed after 10: nothing but the locks is to be lost, on a loaded machine too.
        var plan = new Fleet.Plan("lost-locks-" + others, "crash/work.yaml", 4,
                Map.of("RELAIS_CONCURRENCY", Integer.toString(2 * TASKS), "RELAIS_TICK", "500ms"));
        try (var fleet = Fleet.start(plan)) {
            try {
                fleet.launch("coordinator", Part.Program.relais("coordinator")).awaitReady();
                Path gates = fleet.data().resolveSibling("gates");
                launch(fleet, "holder", gates).awaitReady();
                var account = Account.open(fleet, PATIENCE);
                loseLocks(fleet, account, gates, others);
            } catch (AssertionError | RuntimeException e) {
                System.err.println(fleet.logs());
                throw e;
            }
        }
    }

    private static void loseLocks(Fleet fleet, Account account, Path gates, int others) throws Exception {
        Gate.ACKNOWLEDGE.close(gates);
        List<String> tasks = submitToOnePoll(fleet, account, gates);
        Set<String> held = claimedNotAcknowledged(fleet, tasks);
        List<String> workers = Stream.concat(Stream.of("holder"), IntStream.range(0, others).mapToObj(i -> "other-" + i))
                .toList();
        for (String other : workers.subList(1, workers.size())) {
            // Gates of its own, which nobody closes.
            launch(fleet, other, gates.resolveSibling("no-gates")).awaitReady();
        }
        fleet.part("broker").kill();
        fleet.startBroker();
        if (others > 0) {
            await("the work comes to another worker while its claims stand").atMost(PATIENCE)
                    .until(() -> Set.copyOf(said(fleet, HeldWorker.DELIVERED, workers.subList(1, workers.size())))
                            .containsAll(held));
        }
        assertThat(said(fleet, HeldWorker.STARTED, workers).stream().map(LostLocksIT::task).filter(held::contains))
                .as("runs of what is held, while the holder stands").hasSizeLessThanOrEqualTo(1);
        Gate.ACKNOWLEDGE.open(gates);
        account.awaitOutcomes(tasks, PATIENCE);
        await("all that was held is delivered twice").atMost(PATIENCE).untilAsserted(() -> assertThat(held)
                .allMatch(task -> Collections.frequency(said(fleet, HeldWorker.DELIVERED, workers), task) > 1));
        isStartedOnceAndPaidOnce(fleet, account, tasks, workers);
        System.out.printf("locks lost with %d other workers: %d of %d tasks were held%n", others, held.size(), TASKS);
    }

    private static void isStartedOnceAndPaidOnce(Fleet fleet, Account account, List<String> tasks, List<String> workers)
            throws IOException {
        assertThat(said(fleet, HeldWorker.STARTED, workers)).as("runs that were started").doesNotHaveDuplicates();
        int repeated = account.settle(tasks);
        account.epochs(tasks).areOneEach();
        assertThat(repeated).as("calls paid twice").isLessThanOrEqualTo(account.epochs(tasks).lost().size());
    }

    /** The holder stands before its poll until all of it is in the inbox. */
    private static List<String> submitToOnePoll(Fleet fleet, Account account, Path gates) throws IOException {
        Gate.POLL.close(gates);
        awaitSaid(fleet, Gate.POLL);
        List<String> tasks = account.submit("locks", TASKS);
        Set<String> these = Set.copyOf(tasks);
        fleet.topic("inbox.backend-dev").awaitAll("all is dispatched", TASKS, dispatch -> these.contains(dispatch.key()));
        Gate.POLL.open(gates);
        return tasks;
    }

    /** @return what the holder has polled and claimed, where it stands before its first acknowledgement */
    private static Set<String> claimedNotAcknowledged(Fleet fleet, List<String> tasks) {
        awaitSaid(fleet, Gate.ACKNOWLEDGE);
        List<String> said = lines(fleet.part("holder")).toList();
        Set<String> held = said.subList(said.lastIndexOf(HeldWorker.POLLED), said.size()).stream()
                .filter(line -> line.startsWith(HeldWorker.DELIVERED)).map(line -> line.substring(HeldWorker.DELIVERED.length()))
                .collect(Collectors.toSet());
        assertThat(held).as("what the holder polled at once").hasSizeGreaterThanOrEqualTo(HeldWorker.MANY).isSubsetOf(tasks);
        fleet.topic("journal").awaitAll("all that is held is claimed", held.size(),
                entry -> held.contains(entry.key()) && entry.is("run.claimed"));
        return held;
    }

    private static Part launch(Fleet fleet, String name, Path gates) throws IOException {
        return fleet.launch(name, new Part.Program(HeldWorker.class.getName(), HeldWorker.options(gates), List.of()));
    }

    private static void awaitSaid(Fleet fleet, Gate gate) {
        await("the holder " + gate.reached()).atMost(PATIENCE)
                .until(() -> fleet.part("holder").said().lines().anyMatch(gate.reached()::equals));
    }

    /** @return what stands behind the word in what these workers have said */
    private static List<String> said(Fleet fleet, String word, List<String> workers) {
        return workers.stream().flatMap(worker -> lines(fleet.part(worker))).filter(line -> line.startsWith(word))
                .map(line -> line.substring(word.length())).toList();
    }

    private static Stream<String> lines(Part part) {
        try {
            return part.said().lines();
        } catch (IOException e) {
            throw new AssertionError("what a worker says is a file", e);
        }
    }

    private static String task(String run) {
        return run.substring(0, run.indexOf('/'));
    }
}
