package dev.relais.worker.persona;

import java.util.List;

import org.junit.jupiter.api.Test;

import dev.relais.schemas.event.InputKind;
import dev.relais.schemas.event.Raised;
import dev.relais.schemas.event.TaskRequested;
import dev.relais.schemas.event.TaskRequested.Constraints;
import dev.relais.schemas.event.TaskRequested.Context;
import dev.relais.schemas.event.TaskRequested.Source;
import dev.relais.schemas.event.WorkDispatched.Input;

import static org.assertj.core.api.Assertions.assertThat;

class EnglishPersonaTest {
    private static final String HAND_OFF = """

            ## What you receive
            - **Expected deliverables**: an API with its tests
            - Constraints: the framework, if any is imposed
            - **Context**: the contract; see what is expected of the deliverable

            ## When you are stuck
            - Blocking: the API contract is missing
            - Context: nobody asks for this list
            """;

    @Test
    void itsFirstMessageIsEnglishInTheOrderOfItsFile() {
        assertThat(FirstMessage.render(Work.of(full(), 2), Personas.parsed(Personas.file() + HAND_OFF))).isEqualTo("""
                # Task: Accounts API

                Project: shop

                ## Request
                Write the API.

                ## Expected deliverables
                - documented API

                ## Constraints
                - **Required framework**: Fastify
                - **Existing stack**:
                  - Node.js 24

                ## Context
                - **Database schema**: table users
                - **API contract**: not given; if the task depends on it, this is blocking: escalate rather than assume

                ## Workspace
                - /workspace, taken from the repository https://git.example/shop.git
                - **Reference**: main

                ## Validation
                - Mode 2 (all automatic): the deliverable leaves as soon as you hand it over, without waiting.
                - End with the block "📦 DELIVERABLE — tester".
                """);
    }

    @Test
    void aFileWithoutAHandOffHasTheUsualOrder() {
        assertThat(FirstMessage.render(Work.of(full(), 1), Personas.parsed(Personas.file())).lines()
                .filter(line -> line.startsWith("## ")))
                .containsExactly("## Request", "## Context", "## Constraints", "## Expected deliverables", "## Workspace",
                        "## Validation");
    }

    @Test
    void whatAFileDoesNotNameFollowsWhatItNames() {
        assertThat(HandOffOrder.of("## Entrée attendue\n1. Livrables attendus : une API\n- Le contexte sans rien\n"))
                .containsExactly(HandOffOrder.Part.EXPECTED, HandOffOrder.Part.CONTEXT, HandOffOrder.Part.CONSTRAINTS);
        assertThat(HandOffOrder.of(PersonaFile.shipped())).containsExactly(HandOffOrder.Part.values());
    }

    @Test
    void itHearsEnglish() {
        Persona persona = Personas.parsed(Personas.file());
        assertThat(Voice.heard(new Input("i", InputKind.CHANGES, "Add paging.", null, "Ana"), persona)).isEqualTo("""
                Verdict on your deliverable: changes requested (Ana).

                Add paging.

                Make these changes, then give a new, complete reply, from the banner to the block "📦 DELIVERABLE — tester".""");
        assertThat(Voice.heard(new Input("i", InputKind.ANSWER, " ", new Raised(1, 2, 0), null), persona))
                .isEqualTo("Answer to your escalation:\n\n(empty message)");
    }

    @Test
    void itsSurroundingsAndDefaultProtocolAreEnglish() {
        String prompt = SystemPrompt.of(Personas.parsed(Personas.file("tools: Read, Bash(git *)")));
        assertThat(prompt)
                .contains("## Display protocol", "### Opening banner", "### Deliverable block", "📦 DELIVERABLE — tester",
                        "Status: ✅ Completed | ⏳ Pending validation | 🚫 Blocked (reason)", "## Where you run",
                        "- Tools at hand: Read, Bash, Escalate.", "Bash runs only what matches: git *")
                .doesNotContainPattern("[à-ü«]");
    }

    @Test
    void itsOwnProtocolIsKept() {
        Persona persona = Personas.parsed(Personas.file() + """

                ## Banner
                ```
                *** TESTS ***
                ```
                ## The end
                ```
                📦 DELIVERABLE — tester
                Type: {x}
                Files: {x}
                Status: {x}
                Summary: {x}
                ```
                ✋ **Validation required** — Fine?
                """);
        assertThat(persona.banner()).isEqualTo("*** TESTS ***");
        assertThat(persona.blockForm()).startsWith("📦 DELIVERABLE — tester\nType: {x}");
        assertThat(persona.validationRequest()).isEqualTo("✋ **Validation required** — Fine?");
        assertThat(persona.warnings()).isEmpty();
    }

    private static TaskRequested full() {
        return Work.request("Write the API.\n", "Accounts API", "shop",
                new Work.HandOff(new Context(null, "table users", List.of(), null),
                        new Constraints("Fastify", null, List.of("Node.js 24"), List.of()), List.of("documented API"),
                        new Source("https://git.example/shop.git", "main", null)));
    }
}
