package dev.relais.deploy.simulation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.relais.deploy.simulation.FleetSimulation.Outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/** I1-I8, I12, I13 and rules 2, 3, 9 and 11 over many seeds, and each rule broken on purpose is found. */
class FleetSimulationTest {
    private static final int SEEDS = Integer.getInteger("relais.simulation.seeds", 1_000);
    private static final int MOST_FOR_A_MUTATION = 1_000;
    private static final int PROGRESS = 250;

    @Test
    void noSeedBreaksAnInvariant() {
        Long only = Long.getLong("relais.simulation.seed");
        if (only != null) {
            replay(only);
            return;
        }
        long virtual = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            switch (FleetSimulation.run(seed, Mutation.NONE, false)) {
                case Outcome.Held held -> virtual += held.millis();
                case Outcome.Broke broke -> fail("seed " + seed + ": " + broke.how() + "\nreplay it: mvn -pl deploy -am test"
                        + " -Dtest=FleetSimulationTest#noSeedBreaksAnInvariant -Dsurefire.failIfNoSpecifiedTests=false"
                        + " -Drelais.simulation.seed=" + seed);
            }
            if (seed % PROGRESS == 0) {
                System.out.printf("simulation: %d of %d seeds, %d virtual hours%n", seed, SEEDS, virtual / 3_600_000);
            }
        }
    }

    private static void replay(long seed) {
        Outcome outcome = FleetSimulation.run(seed, Mutation.NONE, true);
        outcome.trace().forEach(System.out::println);
        if (outcome instanceof Outcome.Broke broke) {
            fail("seed " + seed + ": " + broke.how());
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void eachBrokenRuleIsFound(Mutation mutation) {
        for (long seed = 1; seed <= MOST_FOR_A_MUTATION; seed++) {
            if (FleetSimulation.run(seed, mutation, false) instanceof Outcome.Broke broke) {
                System.out.printf("%s found by seed %d: %s%n", mutation, seed, broke.how());
                return;
            }
        }
        fail("%s: no seed of %d finds that %s is broken", mutation, MOST_FOR_A_MUTATION, mutation.rule());
    }

    @Test
    void theSameSeedIsTheSameWorld() {
        var once = FleetSimulation.run(7, Mutation.NONE, true).trace();
        assertThat(once).isNotEmpty();
        assertThat(FleetSimulation.run(7, Mutation.NONE, true).trace()).isEqualTo(once);
    }
}
