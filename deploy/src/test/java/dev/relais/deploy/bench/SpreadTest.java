package dev.relais.deploy.bench;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class SpreadTest {
    @Test
    void medianOfAnOddNumberIsTheMiddleOne() {
        assertThat(Spread.of(List.of(9.0, 1.0, 4.0))).isEqualTo(new Spread(4, 1, 9, 3));
    }

    @Test
    void medianOfAnEvenNumberLiesBetweenTheTwoInTheMiddle() {
        assertThat(Spread.of(List.of(1.0, 2.0, 4.0, 8.0)).median()).isEqualTo(3);
    }

    @Test
    void percentileFollowsTheLineBetweenTwoValues() {
        var values = List.of(0.0, 10.0, 20.0, 30.0, 40.0);
        assertThat(Spread.percentile(values, 0)).isZero();
        assertThat(Spread.percentile(values, 99)).isCloseTo(39.6, within(1e-9));
        assertThat(Spread.percentile(values, 100)).isEqualTo(40);
    }

    @Test
    void oneValueIsItsOwnTail() {
        assertThat(Spread.percentile(List.of(7.0), 99)).isEqualTo(7);
    }

    @Test
    void nothingMeasuredIsNoFigure() {
        assertThatThrownBy(() -> Spread.percentile(List.of(), 50)).isInstanceOf(IllegalArgumentException.class);
    }
}
