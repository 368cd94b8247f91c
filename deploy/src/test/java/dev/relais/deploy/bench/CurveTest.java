package dev.relais.deploy.bench;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class CurveTest {
    @Test
    void aLineIsFoundAgain() {
        var curve = new Curve();
        for (int x = 0; x < 100; x++) {
            curve.add(x, 7 + 3 * x);
        }
        assertThat(curve.slope()).isCloseTo(3, within(1e-9));
    }

    @Test
    void noiseAroundALevelIsLevel() {
        var curve = new Curve();
        for (int x = 0; x < 1_000; x++) {
            curve.add(x, 100 + (x % 2 == 0 ? 10 : -10));
        }
        assertThat(curve.drift()).isCloseTo(0, within(0.1));
    }

    @Test
    void driftIsWhatTheWholeRunAddsInPercentOfTheMean() {
        var curve = new Curve();
        for (int x = 0; x <= 100; x++) {
            curve.add(x, 50 + x);
        }
        assertThat(curve.drift()).isCloseTo(100, within(1e-9));
    }

    @Test
    void onePointHasNoSlope() {
        var curve = new Curve();
        curve.add(1, 5);
        assertThat(curve.slope()).isZero();
        assertThat(curve.drift()).isZero();
    }
}
