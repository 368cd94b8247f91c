package dev.relais.worker.run;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.DeliverablePublished;
import dev.relais.schemas.event.DeliverablePublished.DeliveredFile;
import dev.relais.schemas.event.DeliverablePublished.PersonaRef;
import dev.relais.schemas.event.Digest;
import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.Usage;
import dev.relais.schemas.wire.Json;

import static org.assertj.core.api.Assertions.assertThat;

class FittingTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "\"", "\n", "\u0001", "é", "📦"})
    void aDeliverableFitsWhateverItsTextGrowsToAsJson(String character) throws JsonProcessingException {
        DeliverablePublished cut = Fitting.cut(deliverable(character.repeat(1_000_000), List.of(), "court"));
        assertThat(size(cut)).isBetween(Fitting.MOST - 100, Fitting.MOST);
        assertThat(cut.text()).startsWith(character).endsWith("the last reply in the task's journal]");
        assertThat(Json.mapper().readValue(Json.mapper().writeValueAsString(cut), DeliverablePublished.class).text())
                .isEqualTo(cut.text());
    }

    @Test
    void filesThatDoNotFitAreCountedInTheEvidence() throws JsonProcessingException {
        List<DeliveredFile> files = IntStream.range(0, 20_000)
                .mapToObj(i -> new DeliveredFile("src/module-" + i + ".ts", "added", true)).toList();
        DeliverablePublished cut = Fitting.cut(deliverable("texte", files, "s".repeat(400_000)));
        assertThat(size(cut)).isLessThanOrEqualTo(Fitting.MOST);
        assertThat(cut.files()).isNotEmpty().hasSizeLessThan(files.size());
        assertThat(cut.evidence()).contains("files: " + (files.size() - cut.files().size())
                + " more are left out here; the branch has them");
    }

    @Test
    void whatFitsIsLeftAsItIs() {
        DeliverablePublished small = deliverable("texte", List.of(), "court");
        assertThat(Fitting.cut(small)).isSameAs(small);
    }

    private static int size(DeliverablePublished deliverable) throws JsonProcessingException {
        return Json.mapper().writeValueAsBytes(deliverable).length;
    }

    private static DeliverablePublished deliverable(String text, List<DeliveredFile> files, String summary) {
        var task = new TaskId("t-1");
        return new DeliverablePublished(task, new AgentName("backend-dev"), 1, "API", files, "completed", "completed", summary,
                text, List.of(), null, null, null, Digest.of(task, 1, "", ""), Usage.NONE, null, 1, Duration.ZERO, "m",
                new PersonaRef("p", "h"));
    }
}
