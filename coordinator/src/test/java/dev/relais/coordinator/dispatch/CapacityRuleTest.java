package dev.relais.coordinator.dispatch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

final class CapacityRuleTest {
    @ParameterizedTest(name = "capacity {0} over {1} partitions leaves room for {2}")
    @CsvSource({"8,8,2", "1,8,2", "256,8,33", "9,8,3", "256,1,257"})
    void shardMayHaveItsShareAndOneMoreOutside(int capacity, int partitions, int most) {
        assertThat(CapacityRule.hasRoom(most - 1, capacity, partitions)).isTrue();
        assertThat(CapacityRule.hasRoom(most, capacity, partitions)).isFalse();
    }

    @Test
    void withoutALiveWorkerNothingIsDispatched() {
        assertThat(CapacityRule.hasRoom(0, 0, 8)).isFalse();
        assertThat(CapacityRule.mayFill(0, 0, 8)).isFalse();
    }

    @ParameterizedTest(name = "{0} free over {1} partitions may stand {2} unclaimed")
    @CsvSource({"8,8,1", "1,8,1", "256,8,32", "9,8,2"})
    void onceATickTheShareOfTheFreeSlotsMayStandUnclaimed(int free, int partitions, int most) {
        assertThat(CapacityRule.mayFill(most - 1, free, partitions)).isTrue();
        assertThat(CapacityRule.mayFill(most, free, partitions)).isFalse();
    }
}
