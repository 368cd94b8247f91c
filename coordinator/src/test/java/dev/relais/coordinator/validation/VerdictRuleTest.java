package dev.relais.coordinator.validation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.relais.coordinator.validation.ModeRule.Release;
import dev.relais.coordinator.validation.VerdictRule.Standing;
import dev.relais.schemas.event.Digest;
import dev.relais.schemas.event.TaskId;

import static org.assertj.core.api.Assertions.assertThat;

final class VerdictRuleTest {
    private static final Digest ONE = Digest.of(new TaskId("t1"), 1, "", "block");
    private static final Digest TWO = Digest.of(new TaskId("t1"), 2, "", "block");

    @Test
    void i7_verdictAppliesOnlyToTheDigestThatWaits() {
        assertThat(VerdictRule.standing(ONE, false, ONE)).isEqualTo(Standing.APPLIES);
        assertThat(VerdictRule.standing(TWO, false, ONE)).isEqualTo(Standing.STALE);
        assertThat(VerdictRule.standing(null, false, ONE)).isEqualTo(Standing.STALE);
        assertThat(VerdictRule.standing(null, true, ONE)).isEqualTo(Standing.LATE);
    }

    @ParameterizedTest
    @CsvSource({"1, completed, AFTER_VERDICT", "1, unverified, AFTER_VERDICT", "2, completed, AT_ONCE", "3, unverified, AT_ONCE",
            "1, pending, AFTER_ANSWER", "2, blocked, AFTER_ANSWER", "3, pending, AFTER_ANSWER", "0, completed, AFTER_VERDICT",
            "9, completed, AFTER_VERDICT"})
    void modeAndStatusDecideWhatReleasesADeliverable(int mode, String status, Release release) {
        assertThat(ModeRule.release(mode, status)).isEqualTo(release);
    }
}
