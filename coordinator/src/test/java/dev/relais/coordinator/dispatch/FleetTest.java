package dev.relais.coordinator.dispatch;

import java.util.List;

import org.junit.jupiter.api.Test;

import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.Beat;

import static org.assertj.core.api.Assertions.assertThat;

final class FleetTest {
    private static final AgentName BACKEND = new AgentName("backend-dev");
    private static final AgentName FRONTEND = new AgentName("frontend-dev");

    private static WorkerSeen beaten(long tick, int capacity, int free, AgentName... agents) {
        return WorkerSeen.unknown(tick).beaten(new Beat(List.of(agents), capacity, free, List.of()), tick);
    }

    @Test
    void capacityAndFreeSlotsAreSumsOfThoseWhoPlayTheAgent() {
        var fleet = new Fleet(List.of(beaten(1, 8, 3, BACKEND), beaten(1, 4, 4, BACKEND, FRONTEND), beaten(1, 16, 9, FRONTEND)));
        assertThat(fleet.capacity(BACKEND)).isEqualTo(12);
        assertThat(fleet.free(BACKEND)).isEqualTo(7);
        assertThat(fleet.capacity(FRONTEND)).isEqualTo(20);
    }

    @Test
    void workerThatOnlyClaimedHasNoCapacityYet() {
        assertThat(new Fleet(List.of(WorkerSeen.unknown(1))).capacity(BACKEND)).isZero();
    }

    @Test
    void freeSlotIsReportedByARecentBeatAlone() {
        var fleet = new Fleet(List.of(beaten(10, 8, 3, BACKEND)));
        assertThat(fleet.reportedFree(BACKEND, 12)).isTrue();
        assertThat(fleet.reportedFree(BACKEND, 13)).isFalse();
    }

    @Test
    void fullWorkerReportsNone() {
        assertThat(new Fleet(List.of(beaten(10, 8, 0, BACKEND))).reportedFree(BACKEND, 10)).isFalse();
    }

    @Test
    void freeSlotOfAnotherAgentIsNone() {
        assertThat(new Fleet(List.of(beaten(10, 8, 3, FRONTEND))).reportedFree(BACKEND, 10)).isFalse();
    }
}
