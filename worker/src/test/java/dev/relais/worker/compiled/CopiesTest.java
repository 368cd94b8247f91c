package dev.relais.worker.compiled;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.relais.schemas.wire.Json;
import dev.relais.worker.persona.Damage;
import dev.relais.worker.persona.PersonaFile;

import static org.assertj.core.api.Assertions.assertThat;

/** Two copies of one persona are one persona, whatever they went through. */
class CopiesTest {
    private static final Set<String> OF_THE_COPY = Set.of("file", "source", "repairs", "warnings", "findings");
    private final ObjectNode original = json("agents/backend-dev.md", PersonaFile.shipped().getBytes(StandardCharsets.UTF_8));

    @ParameterizedTest
    @ValueSource(strings = {"windows-1252", "windows-1254"})
    void aCopyThatWasEncodedTwiceDiffersInWhatBelongsToTheCopy(String codepage) {
        ObjectNode copy = json("copy.md", Damage.encodedTwice(PersonaFile.shipped(), codepage).getBytes(StandardCharsets.UTF_8));
        assertThat(copy.path("repairs").size()).isGreaterThan(60);
        assertThat(withoutItsOwn(copy)).isEqualTo(withoutItsOwn(original));
        assertThat(copy.path("source")).isNotEqualTo(original.path("source"));
    }

    @Test
    void aCopyWithOtherLineEndsDiffersInWhatBelongsToTheCopy(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("b.md"), "\uFEFF" + PersonaFile.shipped().replace("\n", "\r\n"));
        assertThat(withoutItsOwn(json(file.toString(), Files.readAllBytes(file)))).isEqualTo(withoutItsOwn(original));
    }

    @Test
    void theJsonSaysEachPartByName() {
        assertThat(original.properties()).extracting(Map.Entry::getKey).containsExactly("name", "description", "language", "hash",
                "model",
                "tools", "banner", "block", "validation", "statuses", "routes", "handOff", "rules", "file", "source", "repairs",
                "warnings", "findings");
        assertThat(original.path("rules").path(0).path("standing").asText()).isIn("enforced", "watched", "advisory");
    }

    private static ObjectNode withoutItsOwn(ObjectNode json) {
        ObjectNode rest = json.deepCopy();
        rest.remove(OF_THE_COPY);
        return rest;
    }

    private static ObjectNode json(String file, byte[] bytes) {
        return Json.mapper().valueToTree(CompiledPersonaTest.compiled(file, bytes));
    }
}
