package dev.relais.deploy.cli;

import org.junit.jupiter.api.Test;

import dev.relais.deploy.bench.Target;

import static org.assertj.core.api.Assertions.assertThat;

class BenchTableTest {
    @Test
    void aNumberHasThreeDigitsThatSaySomething() {
        assertThat(BenchTable.number(12_345.6)).isEqualTo("12,346");
        assertThat(BenchTable.number(42.42)).isEqualTo("42.4");
        assertThat(BenchTable.number(0.256)).isEqualTo("0.26");
    }

    @Test
    void aTargetSaysWhichSideIsGood() {
        assertThat(BenchTable.target(new Target.AtLeast(505))).isEqualTo("≥ 505");
        assertThat(BenchTable.target(new Target.AtMost(80))).isEqualTo("≤ 80.0");
        assertThat(BenchTable.target(new Target.None())).isEmpty();
    }
}
