package dev.relais.deploy.playbook;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.relais.worker.model.Answer;
import dev.relais.worker.model.Prompt.Message;
import dev.relais.worker.model.Prompt.Role;

import static org.assertj.core.api.Assertions.assertThat;

/** The shipped playbooks, played with tools that do just enough. */
final class SampleTest {
    private static final String BANNER = """
            ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
            ⚡ BACKEND — Développeur API & Données
            Modèle : Sonnet | Équipe : Dev
            ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
            """;
    private static final String BLOCK = "\n📦 LIVRABLE — backend-dev\n─────────────────────────────\nType : ";
    private static final String REQUEST = "Réalise l'API de stock.\n\nMode de validation : ";

    private final List<Message> messages = new ArrayList<>();
    private final List<String> bash = new ArrayList<>();

    @Test
    void sampleMendsItsFailingTestAndDeliversTheFilesThatItWrote(@TempDir Path workspace) throws Exception {
        try (var playbook = Playbook.shipped(0, "sample", Optional.empty()); var asking = new Asking(playbook.url())) {
            messages.add(Asking.user(REQUEST + "2"));
            var text = run(asking, workspace);

            assertThat(text).startsWith(BANNER).contains(BLOCK, "Statut : ✅ Terminé\n").endsWith("─────────────────────────────");
            assertThat(bash).hasSize(2);
            assertThat(bash.getFirst()).contains("KO  réserver tout le stock est permis", "8 tests réussis, 1 en échec");
            assertThat(bash.getLast()).contains("9 tests réussis, 0 en échec").doesNotContain("KO");
            assertThat(claimed(text)).containsExactlyElementsOf(written(workspace));
            assertThat(playbook.requests()).hasSize(11);
        }
    }

    @Test
    void sampleAsksForAValidationInModeOneAndTakesAWish(@TempDir Path workspace) throws Exception {
        try (var playbook = Playbook.shipped(0, "sample", Optional.empty()); var asking = new Asking(playbook.url())) {
            messages.add(Asking.user(REQUEST + "1"));
            assertThat(run(asking, workspace))
                    .endsWith("✋ **Validation requise** — Ce livrable te convient ? Réponds **ok** pour valider, "
                            + "ou indique ce que tu veux modifier.");

            messages.add(Asking.user("Ajoute la pagination."));
            assertThat(run(asking, workspace)).startsWith(BANNER).contains("« Ajoute la pagination. »", BLOCK);
            assertThat(workspace.resolve("README.md")).content().contains("- Ajoute la pagination.");
        }
    }

    @Test
    void sampleSaysThatItIsBlockedWhereItsTestsCannotRun(@TempDir Path workspace) throws Exception {
        try (var playbook = Playbook.shipped(0, "sample", Optional.empty()); var asking = new Asking(playbook.url())) {
            messages.add(Asking.user(REQUEST + "2"));
            Files.createDirectories(workspace.resolve("tests"));
            bash.add("refused");

            assertThat(run(asking, workspace)).contains("Statut : 🚫 Bloqué (", "Bash est refusé ici");
        }
    }

    @Test
    void escalationNamesASituationOfThePersonasTableAndItsAnswerIsQuoted() throws Exception {
        try (var playbook = Playbook.shipped(0, "escalate", Optional.empty()); var asking = new Asking(playbook.url())) {
            var first = asking.reply(Asking.user("x"));
            assertThat(first.content().get(1).path("name").asText()).isEqualTo("Escalate");
            assertThat(first.content().get(1).path("input").path("situation").asText())
                    .isEqualTo("Performance impossible avec l'archi actuelle");

            var answered = asking.reply(Asking.user("x"), Asking.assistant(first.content()),
                    Asking.results(first.content(), "Prenez Redis."));
            assertThat(answered.content().get(0).path("text").asText()).startsWith(BANNER).contains("« Prenez Redis. »", BLOCK);
        }
    }

    private String run(Asking asking, Path workspace) throws Exception {
        while (true) {
            var reply = switch (asking.ask(messages.toArray(new Message[0]))) {
                case Answer.Reply answered -> answered;
                case Answer.Failed failed -> throw new AssertionError(failed.toString());
            };
            messages.add(Asking.assistant(reply.content()));
            if (!reply.stopReason().equals("tool_use")) {
                return reply.content().get(0).path("text").asText();
            }
            var results = JsonNodeFactory.instance.arrayNode();
            for (var block : reply.content()) {
                if (block.path("type").asText().equals("tool_use")) {
                    results.add(JsonNodeFactory.instance.objectNode().put("type", "tool_result")
                            .put("tool_use_id", block.path("id").asText())
                            .put("content", tool(block.path("name").asText(), block.path("input"), workspace)));
                }
            }
            messages.add(new Message(Role.USER, results));
        }
    }

    private String tool(String name, JsonNode input, Path workspace) throws Exception {
        var file = workspace.resolve(input.path("file_path").asText("/workspace/").substring("/workspace/".length()));
        return switch (name) {
            case "Glob" -> "No files found";
            case "Read" -> Files.readString(file);
            case "Write" -> {
                Files.createDirectories(file.getParent());
                Files.writeString(file, input.path("content").asText());
                yield "File created";
            }
            case "Edit" -> {
                var text = Files.readString(file);
                assertThat(text.split(Pattern.quote(input.path("old_string").asText()), -1)).hasSize(2);
                Files.writeString(file, text.replace(input.path("old_string").asText(), input.path("new_string").asText()));
                yield "File edited";
            }
            case "Bash" -> bash(input.path("command").asText(), workspace);
            default -> throw new AssertionError("no tool " + name);
        };
    }

    private String bash(String command, Path workspace) throws Exception {
        if (bash.equals(List.of("refused"))) {
            return "Bash est refusé ici : aucun bac à sable.";
        }
        var builder = new ProcessBuilder("sh", "-c", command).directory(workspace.toFile()).redirectErrorStream(true);
        var path = System.getenv("PATH");
        builder.environment().clear();
        builder.environment().put("PATH", path);
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        bash.add(output);
        return output;
    }

    private static List<String> claimed(String text) {
        var line = text.lines().filter(candidate -> candidate.startsWith("Fichiers : ")).findFirst().orElseThrow();
        return new TreeSet<>(List.of(line.substring("Fichiers : ".length()).split(", "))).stream().toList();
    }

    private static List<String> written(Path workspace) throws Exception {
        try (var files = Files.walk(workspace)) {
            return files.filter(Files::isRegularFile).map(file -> workspace.relativize(file).toString()).sorted().toList();
        }
    }
}
