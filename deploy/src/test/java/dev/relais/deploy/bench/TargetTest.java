package dev.relais.deploy.bench;

import org.junit.jupiter.api.Test;

import dev.relais.deploy.bench.Target.Verdict;

import static org.assertj.core.api.Assertions.assertThat;

class TargetTest {
    @Test
    void aLeastIsMetFromItsValueOn() {
        assertThat(new Target.AtLeast(505).judge(505)).isEqualTo(Verdict.MET);
        assertThat(new Target.AtLeast(505).judge(504.9)).isEqualTo(Verdict.MISSED);
    }

    @Test
    void aMostIsMetUpToItsValue() {
        assertThat(new Target.AtMost(80).judge(80)).isEqualTo(Verdict.MET);
        assertThat(new Target.AtMost(80).judge(80.1)).isEqualTo(Verdict.MISSED);
    }

    @Test
    void aFigureForOrientationIsNotJudged() {
        assertThat(new Target.None().judge(1)).isEqualTo(Verdict.NONE);
    }

    @Test
    void theMedianOfAFigureIsJudged() {
        var figure = new Figure(Part.RAW, "x", new Spread(2, 0, 9, 3), "ms", new Target.AtMost(2));
        assertThat(figure.verdict()).isEqualTo(Verdict.MET);
    }
}
