package dev.relais.worker.persona;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SystemPromptTest {
    @Test
    void thePersonaComesFirstAndItsSurroundingsAfter() {
        Persona persona = Personas.shipped();
        assertThat(SystemPrompt.of(persona)).startsWith(persona.systemText().strip()).contains("## Environnement d'exécution",
                "/workspace",
                "Read, Write, Edit, Bash, Glob, Grep, Escalate", "arrière-plan", "tableau d'escalade", "« done »", "« obstacle »",
                "« options »",
                "« files »");
    }

    @Test
    void onlyWhatThePersonaHasIsNamed() {
        String prompt = SystemPrompt.of(Personas.parsed(Personas.file("tools: Read, Grep")));
        assertThat(prompt).contains("Tools at hand: Read, Grep, Escalate.").doesNotContain("Bash", "escalation table");
    }

    @Test
    void itIsTheSameForEveryTask() {
        assertThat(SystemPrompt.of(Personas.shipped())).isEqualTo(SystemPrompt.of(Personas.shipped()));
    }
}
