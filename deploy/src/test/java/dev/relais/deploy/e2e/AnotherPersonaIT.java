package dev.relais.deploy.e2e;

import java.nio.file.Path;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A file by another author, in English, that knows nothing of Relais' display protocol. */
class AnotherPersonaIT {
    @Test
    void aFileOfAnotherStyleRunsUnchanged() throws Exception {
        String persona = Path.of("src/test/resources/e2e/api-builder.md").toAbsolutePath().toString();
        try (var fleet = Fleet
                .start(new Fleet.Plan("another-persona", "e2e/english.yaml", 2, Map.of("RELAIS_PERSONA", persona)))) {
            fleet.startParts("worker");
            String task = fleet.submit("Add a health endpoint", 2);
            JsonNode deliverable = fleet.awaitDeliverable(task).data();
            fleet.awaitState(task, "COMPLETED");
            assertThat(deliverable.path("statusVerified").asText()).isEqualTo("completed");
            assertThat(deliverable.path("files").path(0).path("path").asText()).isEqualTo("src/health.ts");
            assertThat(deliverable.path("persona").path("name").asText()).isEqualTo("api-builder");
            assertThat(deliverable.path("turns").asInt()).as("nothing had to be repaired").isEqualTo(2);
            assertThat(deliverable.path("files")).as("the command of which one part is not allowed did not run").hasSize(1);
            assertThat(fleet.show(task)).contains("api-builder", "COMPLETED",
                    "✗ This command was not run: \"touch outside.txt\" is not allowed");
            speaksItsLanguage(fleet);
        }
    }

    /** Its playbook plays nothing where the first message or the repair is worded otherwise. */
    private static void speaksItsLanguage(Fleet fleet) throws Exception {
        String task = fleet.submit("FORGETFUL", 2);
        JsonNode deliverable = fleet.awaitDeliverable(task).data();
        assertThat(deliverable.path("statusVerified").asText()).isEqualTo("completed");
        assertThat(deliverable.path("summary").asText()).isEqualTo("Advice, with a banner.");
        assertThat(fleet.show(task)).contains("Your reply does not follow the display protocol");
    }
}
