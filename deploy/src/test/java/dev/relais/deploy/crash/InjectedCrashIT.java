package dev.relais.deploy.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.relais.deploy.e2e.Fleet;
import dev.relais.deploy.e2e.Part;
import dev.relais.schemas.setting.Settings;
import dev.relais.worker.Worker;

import static org.assertj.core.api.Assertions.assertThat;

/** Many deaths in little time: workers in this JVM die one after the other, each at a point drawn from the seed, and the next takes its place. */
final class InjectedCrashIT {
    private static final int CRASHES = Soak.number("injected-crashes", 200);
    private static final long SEED = Long.getLong("relais.soak.injected-seed", 20_261_128L);
    private static final int BATCH = 8;
    /** Victims at a time. */
    private static final int LANES = 2;
    private static final int LATEST = 6;
    /** One of so many, at most. */
    private static final int MOST_POISONED = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final List<CrashPoint> POINTS = Stream.of(CrashPoint.values()).filter(CrashPoint::isOfWorker)
            // Nothing is pushed to a repository here.
            .filter(point -> point != CrashPoint.DURING_PUSH).toList();

    private final AtomicInteger deaths = new AtomicInteger();

    /** Where one victim dies. */
    private record Fate(CrashPoint point, int passing) {
        static Fate drawn(Random random) {
            return new Fate(POINTS.get(random.nextInt(POINTS.size())), 1 + random.nextInt(LATEST));
        }
    }

    @Test
    void workersThatDieAllTheTimeLoseAndRepeatNothing() throws Exception {
        var plan = new Fleet.Plan("injected", "crash/work.yaml", 4, Map.of("RELAIS_TICK", "100ms", "RELAIS_CONCURRENCY", "6"));
        try (var fleet = Fleet.start(plan); var closers = Executors.newVirtualThreadPerTaskExecutor()) {
            fleet.launch("coordinator", Part.Program.relais("coordinator")).awaitReady();
            try (var _ = Worker.start(fleet.settings("steady"))) {
                kill(fleet, closers);
            } catch (AssertionError e) {
                System.err.println(fleet.logs());
                throw e;
            }
        }
    }

    private void kill(Fleet fleet, ExecutorService closers) throws Exception {
        var account = Account.open(fleet, PATIENCE);
        var random = new Random(SEED);
        List<Fate> fates = Stream.generate(() -> Fate.drawn(random)).limit(CRASHES).toList();
        try (var lanes = Executors.newFixedThreadPool(LANES)) {
            var victims = new ArrayList<Future<?>>();
            for (int lane = 0; lane < LANES; lane++) {
                Settings settings = fleet.settings("victim-" + lane);
                victims.add(lanes.submit((Callable<Void>) () -> {
                    for (int next = deaths.getAndIncrement(); next < CRASHES; next = deaths.getAndIncrement()) {
                        liveAndDie(settings, fates.get(next), closers);
                    }
                    return null;
                }));
            }
            List<String> all = keepBusy(account, victims);
            for (Future<?> lane : victims) {
                lane.get();
            }
            account.awaitOutcomes(all, PATIENCE);
            Set<String> poisoned = account.poisoned(all);
            assertThat(poisoned).as("innocent tasks that met three deaths in a row").hasSizeLessThan(all.size() / MOST_POISONED);
            int repeated = account.settle(all.stream().filter(task -> !poisoned.contains(task)).toList());
            System.out.printf("%d injected crashes, %d tasks, %d calls paid twice, %d given up by rule 9%n", CRASHES, all.size(),
                    repeated,
                    poisoned.size());
        }
    }

    /** There is always work in flight: two batches, and a new one as soon as the older is delivered. */
    private static List<String> keepBusy(Account account, List<Future<?>> victims) {
        var all = new ArrayList<String>();
        List<String> before = List.of();
        while (victims.stream().anyMatch(lane -> !lane.isDone())) {
            List<String> tasks = account.submit("injected", BATCH);
            all.addAll(tasks);
            account.awaitOutcomes(before, PATIENCE);
            before = tasks;
        }
        return all;
    }

    private static void liveAndDie(Settings settings, Fate fate, ExecutorService closers) throws Exception {
        var mortality = new Mortality();
        var fuse = new Fuse(fate.point(), fate.passing(), mortality::die);
        Worker victim = Worker.start(settings, mortality.around(FusedWorker.seams(fuse)));
        boolean died = mortality.awaitDeath(PATIENCE.toSeconds());
        // What is left of it goes by itself, while the next is there already.
        closers.execute(victim::close);
        assertThat(died).as("the fuse of %s burnt", fate).isTrue();
    }
}
