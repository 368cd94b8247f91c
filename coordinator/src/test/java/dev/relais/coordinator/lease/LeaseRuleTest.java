package dev.relais.coordinator.lease;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class LeaseRuleTest {
    @Test
    void ownerIsSilentWhenTenTicksFollowItsLastRecord() {
        assertThat(LeaseRule.isSilent(5, 14)).isFalse();
        assertThat(LeaseRule.isSilent(5, 15)).isTrue();
    }

    @Test
    void ownThatWasSeenAfterTheLastTickIsNotSilent() {
        assertThat(LeaseRule.isSilent(15, 15)).isFalse();
    }

    @Test
    void ownerThatWasSilentLivesWhenItHasBeenHeardForALease() {
        assertThat(LeaseRule.livesAgain(20, 29)).isFalse();
        assertThat(LeaseRule.livesAgain(20, 30)).isTrue();
    }

    @Test
    void ofBeatsWithinOneTickOneCounts() {
        assertThat(LeaseRule.counts(6, 7)).isTrue();
        assertThat(LeaseRule.counts(7, 7)).isFalse();
    }

    @Test
    void firstBeatOfAllCounts() {
        assertThat(LeaseRule.counts(-1, 0)).isTrue();
    }

    @Test
    void threeBeatsInARowThatDoNotNameARunLoseIt() {
        assertThat(LeaseRule.isLost(2)).isFalse();
        assertThat(LeaseRule.isLost(3)).isTrue();
    }
}
