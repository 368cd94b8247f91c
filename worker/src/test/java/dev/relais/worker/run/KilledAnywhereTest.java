package dev.relais.worker.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.relais.worker.run.RealStage.Ending;
import dev.relais.worker.run.RealStage.Moment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Thirty turns on a real working tree, real git and real tools: wherever a worker is killed, however often, the tree and the history that the model made
 * in it end as if nobody had been. {@code -Drelais.resume.seeds=25} makes it the long run of {@code .ci/soak resume}: 8 to 10 kills a seed.
 */
class KilledAnywhereTest {
    private static final int KILLS_A_SEED = 10;

    @TempDir
    private static Path calm;
    private static Ending undisturbed = Ending.NONE;

    @TempDir
    private Path dir;

    @BeforeAll
    static void runUndisturbed() throws IOException, InterruptedException {
        undisturbed = new RealStage(calm, false).run(_ -> Moment.NEVER);
    }

    @Test
    void thePlaybookHasThirtyTurnsAndAHistory() {
        assertThat(ThirtyTurns.turns()).isGreaterThanOrEqualTo(30);
        assertThat(undisturbed.history()).contains("merged", "inner", "refs/heads/feature", "refs/tags/done");
        assertThat(undisturbed.tree()).containsKeys("src/api.ts", "build/out", "run.log", "nested/in");
        assertThat(undisturbed.results()).filteredOn(result -> result.contains("isError=true")).as("only what exits with 3")
                .hasSize(1);
    }

    /** Each epoch gets one entry further; its next one is lost, with all that was done for it. */
    @Test
    void killedBeforeEachEntryIsAcceptedAndAfterIt() throws IOException, InterruptedException {
        var stage = new RealStage(dir, false);
        Ending ending = stage.run(epoch -> epoch % 2 == 1 ? Moment.losing(0) : Moment.losing(1));
        assertSame(ending);
        assertThat(stage.kills()).isGreaterThan(2 * ThirtyTurns.turns());
    }

    /** Between a turn's calls, and when the snapshot is taken but not yet named. */
    @Test
    void killedBetweenCallsAndAfterEachSnapshot() throws IOException, InterruptedException {
        var stage = new RealStage(dir, false);
        Ending ending = stage.run(epoch -> switch (epoch % 3) {
            case 0 -> Moment.beforeAdmission(1 + epoch % 2);
            case 1 -> Moment.afterSnapshots(1);
            default -> Moment.losing(2);
        });
        assertSame(ending);
        assertThat(stage.kills()).isGreaterThan(ThirtyTurns.turns());
    }

    static LongStream seeds() {
        return LongStream.range(0, Integer.getInteger("relais.resume.seeds", 2));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void killedAnywhere(long seed) throws IOException, InterruptedException {
        var random = new Random(seed);
        var stage = new RealStage(dir, random.nextInt(4) == 0);
        Ending ending = stage.run(epoch -> {
            if (epoch > KILLS_A_SEED) {
                return Moment.NEVER;
            }
            return switch (random.nextInt(3)) {
                case 0 -> Moment.losing(random.nextInt(12));
                case 1 -> Moment.beforeAdmission(random.nextInt(12));
                default -> Moment.afterSnapshots(1 + random.nextInt(5));
            };
        });
        assertSame(ending);
        // A run may come to its end before the moment of a last kill: seed 17 does.
        assertThat(stage.kills()).isBetween(KILLS_A_SEED - 2, KILLS_A_SEED);
    }

    private static void assertSame(Ending ending) {
        assertThat(ending.tree()).isEqualTo(undisturbed.tree());
        assertThat(ending.history()).isEqualTo(undisturbed.history());
        assertThat(ending.results()).isEqualTo(undisturbed.results());
        assertThat(List.of(ending.digest())).isEqualTo(List.of(undisturbed.digest()));
    }
}
