package dev.relais.worker.persona;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

import static org.assertj.core.api.Assertions.assertThat;

/** One file a malformation, named by it; {@code expected.csv} says what becomes of each. */
class MalformedFilesTest {
    @ParameterizedTest
    @CsvFileSource(resources = "malformed/expected.csv", delimiter = '|', quoteCharacter = '~', numLinesToSkip = 1)
    void eachLoadsOrIsRefusedWithItsPlaceAndNeverInSilence(String file, String outcome, String what, String said) {
        PersonaFile.Loaded loaded = PersonaFile.load(bytes(file));
        switch (loaded.reading()) {
            case PersonaFile.Parsed(Persona persona) -> {
                assertThat(outcome).as(persona.toString()).isEqualTo("loaded");
                assertThat(String.join(" ", persona.tools())).isEqualTo(what);
                assertThat(persona.systemText()).doesNotContain("tools:").containsIgnoringCase("you review");
            }
            case PersonaFile.Refused refused -> {
                assertThat(outcome).as(refused.message()).isEqualTo("refused");
                assertThat(refused.line() + ":" + refused.column()).as(refused.message()).isEqualTo(what);
                assertThat(refused.mend()).isNotBlank();
            }
        }
        List<String> all = Stream.concat(loaded.repairs().stream().map(Repair::message),
                loaded.findings().stream().map(Finding::message))
                .filter(line -> !line.contains("the default one is appended")).toList();
        if (said.isEmpty()) {
            assertThat(all).as("what must not be complained of").isEmpty();
        } else {
            assertThat(all).anySatisfy(line -> assertThat(line).contains(said));
        }
    }

    @Test
    void aDescriptionKeepsItsExamplesWholeAndGivesAwayNoField() {
        Persona persona = persona("unindented-example-blocks");
        assertThat(persona.description()).contains("assistant: \"I will: now\"", "tools: none of them matters here",
                "</example>");
        assertThat(persona.model()).isEqualTo("claude-opus-5-5");
    }

    @Test
    void theCopiesOfOneFileHaveOneHash() {
        assertThat(Stream.of("byte-order-mark", "crlf", "lone-cr", "utf-16-le", "utf-16-be-without-mark")
                .map(file -> persona(file).hash())).containsOnly(persona("well-formed").hash());
    }

    @Test
    void whatAFileWouldNotSayOtherwiseIsReadFromItsBytes() {
        assertThat(persona("windows-1252").description()).startsWith("Révise");
    }

    private static Persona persona(String file) {
        return switch (PersonaFile.load(bytes(file)).reading()) {
            case PersonaFile.Parsed(Persona persona) -> persona;
            case PersonaFile.Refused refused -> throw new AssertionError(refused.message());
        };
    }

    static byte[] bytes(String file) {
        try (InputStream in = MalformedFilesTest.class.getResourceAsStream("malformed/" + file + ".md")) {
            return Objects.requireNonNull(in, file).readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(file, e);
        }
    }

    static List<String> names() {
        try (InputStream in = MalformedFilesTest.class.getResourceAsStream("malformed/expected.csv")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8).lines().skip(1)
                    .map(line -> line.substring(0, line.indexOf('|')).strip()).toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
