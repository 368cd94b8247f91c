package dev.relais.worker.budget;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.relais.schemas.event.Envelope;

import static org.assertj.core.api.Assertions.assertThat;

class BudgetRuleTest {
    private static final Envelope ENVELOPE = new Envelope(3, null, null, Duration.ofMinutes(10));

    @ParameterizedTest
    @CsvSource({"0,PT0S,enough", "2,PT9M59S,enough", "3,PT0S,turns-spent", "4,PT0S,turns-spent", "0,PT10M,wall-spent",
            "3,PT10M,turns-spent"})
    void i6_theCallThatWouldPassTheEnvelopeIsNotMade(int turns, Duration wall, String expected) {
        assertThat(said(BudgetRule.left(ENVELOPE, turns, wall))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1000000,PT100H"})
    void anEnvelopeThatSaysNothingBoundsNothing(int turns, Duration wall) {
        assertThat(said(BudgetRule.left(new Envelope(null, null, null, null), turns, wall))).isEqualTo("enough");
    }

    private static String said(BudgetRule.Left left) {
        return switch (left) {
            case BudgetRule.Left.Enough _ -> "enough";
            case BudgetRule.Left.Spent spent -> spent.reason();
        };
    }
}
