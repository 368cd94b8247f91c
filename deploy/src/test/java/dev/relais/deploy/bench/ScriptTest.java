package dev.relais.deploy.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.relais.deploy.playbook.Playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ScriptTest {
    @Test
    void aScriptIsReadBackFromTheWords() {
        for (Script script : List.of(Script.of(1), Script.of(5).http(),
                Script.of(200).writing(), Script.of(3).waiting(Duration.ofSeconds(2)))) {
            assertThat(Script.read("## Demande\n" + script.wish() + "\n\n## Validation")).isEqualTo(script);
        }
    }

    @Test
    void aConversationOfSomebodyElseIsRefused() {
        assertThatThrownBy(() -> Script.read("Ajoute un index.")).isInstanceOf(BenchFailed.class);
    }

    @Test
    void thePlaybookReadsTheSameScripts() throws IOException {
        try (var playbook = Playbook.of(0, "bench", BenchScript.yaml())) {
            assertThat(playbook.port()).isPositive();
        }
    }
}
