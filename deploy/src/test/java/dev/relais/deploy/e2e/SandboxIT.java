package dev.relais.deploy.e2e;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.relais.schemas.event.WorkerId;
import dev.relais.worker.sandbox.Sandboxes;

import static org.assertj.core.api.Assertions.assertThat;

/** A task from its request to its deliverable with the walls up, as a worker has them that was told nothing. */
class SandboxIT {
    @TempDir
    private Path data;

    private void skipWithoutWalls() {
        var wish = new Sandboxes.Wish(Sandboxes.Mode.AUTO, Map.of("PATH", "/usr/bin:/bin"), data, List.of(), 1L << 30);
        if (Sandboxes.choose(wish, new WorkerId("w")) instanceof Sandboxes.Chosen.Closed closed) {
            Assumptions.abort("SKIPPED: " + closed.reason());
        }
    }

    @Test
    void aTaskIsDoneBehindTheWallsAndItsCommandsFindNoBroker() throws Exception {
        skipWithoutWalls();
        try (var fleet = Fleet.start(new Fleet.Plan("sandbox", "e2e/sandbox.yaml", 2, Map.of("RELAIS_SANDBOX", "auto")))) {
            fleet.startParts("worker");
            String task = fleet.submit("MURS : écris un script, broker sur " + fleet.bootstrap(), 2);
            JsonNode deliverable = fleet.awaitDeliverable(task).data();
            fleet.awaitState(task, "COMPLETED");
            assertThat(deliverable.path("statusVerified").asText()).isEqualTo("completed");
            String shown = fleet.show(task);
            assertThat(shown).contains("bonjour de /workspace", "key=[]", "host=relais", "alone").doesNotContain("reached");
        }
    }

    @Test
    void aTaskThatAsksForTheNetworkReachesItWhereTheOperatorAllowsIt() throws Exception {
        skipWithoutWalls();
        try (var fleet = Fleet.start(new Fleet.Plan("sandbox-open", "e2e/sandbox.yaml", 2,
                Map.of("RELAIS_SANDBOX", "auto", "RELAIS_SANDBOX_NETWORK", "open")))) {
            fleet.startParts("worker");
            String task = Fleet.newTask("open");
            Map<String, Object> request = Upstream.request(task, "MURS : écris un script, broker sur " + fleet.bootstrap(), 2);
            request.put("network", "open");
            fleet.upstream().binary("task.requested", task, request);
            fleet.awaitDeliverable(task);
            fleet.awaitState(task, "COMPLETED");
            assertThat(fleet.show(task)).contains("bonjour de /workspace", "key=[]", "reached").doesNotContain("alone");
        }
    }
}
