package dev.relais.deploy.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import dev.relais.schemas.wire.Json;
import dev.relais.worker.persona.PersonaFile;

import static org.assertj.core.api.Assertions.assertThat;

class PersonaVerbTest {
    @TempDir
    private Path directory = Path.of("");
    private String shipped = "";

    /** How a verb ended. */
    private record Ended(int code, String out, String err) {
        JsonNode json() throws IOException {
            return Json.mapper().readTree(out);
        }
    }

    @BeforeEach
    void write() throws IOException {
        shipped = file("backend-dev.md", PersonaFile.shipped());
        file("within/slip.md", "---\nname: a\ndescription: b\nallowedTools: Read\n---\nbody\n");
        file("within/loose.md", "---\nname: a\ndescription: Use it: always\n---\nbody\n");
        file("notes.txt", "no persona");
    }

    @Test
    void compileShowsWhatTheFileBecomes() {
        Ended ended = run("persona", "compile", shipped);
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).contains("backend-dev", "claude-sonnet-4-6", "Read, Write, Edit, Bash, Glob, Grep and Escalate",
                "⚡ BACKEND — Développeur API & Données", "📦 LIVRABLE — backend-dev", "✋ **Validation requise**",
                "architecte on relais.inbox.architecte, chef-equipe on relais.inbox.chef-equipe", "Contraintes: ",
                "🚫 Bloqué (raison)",
                "enforced   Aucun secret", "watched    Un contrat d'API", "advisory   Les inputs");
    }

    @Test
    void compileInJsonNamesTheTopicsOfTheNamespace() throws IOException {
        JsonNode json = run("persona", "compile", shipped, "--json", "--namespace", "test.").json();
        assertThat(json.at("/routes/1/to/0/topic").asText()).isEqualTo("test.inbox.securite");
        assertThat(json.path("file").asText()).isEqualTo(shipped);
        assertThat(json.path("repairs").isEmpty()).isTrue();
    }

    @Test
    void compileSaysWhichAgentOfTheTableNobodyPlays() throws IOException {
        String other = file("mobile.md", PersonaFile.shipped().replace("| frontend-dev |", "| mobile-dev |"));
        assertThat(run("persona", "compile", other).out()).contains("language    fr",
                "mobile-dev on relais.inbox.mobile-dev (unknown: neither in RELAIS_AGENTS nor in RELAIS_FOREIGN_AGENTS)",
                "securite on relais.inbox.securite\n");
        assertThat(run("persona", "compile", other, "--json").json().at("/routes/2/to/0/known")).hasToString("false");
    }

    @Test
    void compileOfARefusedFileEndsWithOneAndTheMend() throws IOException {
        Ended ended = run("persona", "compile", directory.resolve("within/slip.md").toString(), "--json");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("line 4, column 1", "write \"tools:\"");
        assertThat(ended.json().at("/findings/0/level").asText()).isEqualTo("error");
    }

    @Test
    void compileOfNoFileEndsWithThree() {
        assertThat(run("persona", "compile", "nowhere.md").code()).isEqualTo(3);
    }

    @Test
    void checkLooksAtEachMarkdownFileOfADirectory() throws IOException {
        Ended ended = run("persona", "check", directory.toString(), "--json");
        assertThat(ended.code()).isEqualTo(1);
        JsonNode all = ended.json();
        assertThat(all).hasSize(3);
        assertThat(all.path(0).properties()).extracting(Map.Entry::getKey).containsExactly("file", "loaded", "findings");
        assertThat(all.findValuesAsText("loaded")).containsExactly("true", "true", "false");
    }

    @Test
    void checkEndsWithNoughtWhereAllLoad() {
        Ended ended = run("persona", "check", shipped, directory.resolve("within/loose.md").toString());
        assertThat(ended.code()).isZero();
        assertThat(ended.out()).contains("2 of 2 load", "mended", "field by field");
    }

    @Test
    void checkOfADirectoryWithoutPersonasEndsWithThree(@TempDir Path empty) {
        assertThat(run("persona", "check", empty.toString()).code()).isEqualTo(3);
    }

    private String file(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        return Files.writeString(file, text).toString();
    }

    private static Ended run(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        CommandLine command = Relais.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int code = command.execute(arguments);
        return new Ended(code, out.toString(), err.toString());
    }
}
