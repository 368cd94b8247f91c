package dev.relais.worker.persona;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** 5,000 broken files in the build; {@code -Drelais.fuzz=100000} for the long run. */
class FuzzTest {
    private static final int RUNS = Integer.getInteger("relais.fuzz", 5_000);
    private static final double DOUBLED = 2.5;
    /** What a file costs whatever it holds. */
    private static final long START = 2_000;

    @Test
    void noFileIsAnExceptionAndEachPersonaReadsBackToItself() {
        var mutation = new Mutation(new Random(20_261_124), seeds());
        int loaded = 0;
        for (int i = 0; i < RUNS; i++) {
            byte[] file = mutation.next();
            var effort = new Effort();
            PersonaFile.Loaded result = read(file, effort, i);
            assertThat(effort.spent()).as("run %d: work for %d bytes", i, file.length).isLessThan(START + 40L * file.length);
            switch (result.reading()) {
                case PersonaFile.Parsed(Persona persona) -> {
                    loaded++;
                    assertThat(PersonaFile.parse(persona.text())).as("run %d", i).isEqualTo(result.reading());
                }
                case PersonaFile.Refused refused -> assertThat(refused.mend()).as("run %d", i).isNotBlank();
            }
        }
        System.out.printf("fuzz: %d files, %d load, %d are refused, none is an exception%n", RUNS, loaded, RUNS - loaded);
        assertThat(loaded).isBetween(RUNS / 4, RUNS * 9 / 10);
    }

    /** Each piece, repeated where it may hurt: in the description, below it, in the list of tools, in the body. */
    @ParameterizedTest
    @ValueSource(strings = {"a", " ", "\n", "é", "â”", "Ã", "\uFFFD", "Ã\uFFFD", "\"", "'", "\\n", "\\", "[", "]", "{a: ", "- ",
            "-", "—", ": ", "x: y\n",
            "tools: x\n", "\ttools: x\n", "<example>\n", "</example>\n", "# H\n\n", "```\n", "~~~~", "|", "| a | b |\n", "Bash(",
            ")", ",", "Read, ",
            "* ", "&a ", "<<: *a\n", "#", "---\n\n", "...", "✋ \"", "\u0301", "(", "| Situation | Escalade vers |\n", "📦", "ðŸ",
            "\r", "%", "!!a "})
    void doublingAFileCostsAtMostTwoAndAHalfTimesTheWork(String piece) {
        for (String form : List.of("---\nname: a\ndescription: b%s\ntools: Read\n---\nbody\n",
                "---\nname: a\ndescription: b: c\n%s\ntools: Read\n---\nbody\n",
                "---\nname: a\ndescription: b\ntools: Read, %s\n---\nbody\n", "---\nname: a\ndescription: b\n---\nbody\n%s\n",
                "%s\n---\nname: a\ndescription: b\n---\nbody\n", "---\nname: a\ndescription: b\n%s")) {
            int times = 12_000 / piece.length();
            byte[] once = form.formatted(piece.repeat(times)).getBytes(StandardCharsets.UTF_8);
            byte[] twice = form.formatted(piece.repeat(2 * times)).getBytes(StandardCharsets.UTF_8);
            assertThat((double) work(twice)).as("work for %s", form).isLessThanOrEqualTo(DOUBLED * (work(once) + START));
            long first = allocated(once);
            assertThat((double) allocated(twice)).as("memory for %s", form)
                    .isLessThanOrEqualTo(DOUBLED * (Math.max(first, allocated(once)) + START * 100));
        }
    }

    private static PersonaFile.Loaded read(byte[] file, Effort effort, int run) {
        try {
            return PersonaFile.load(file, effort);
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError("run " + run + ": " + new String(file, StandardCharsets.UTF_8), e);
        }
    }

    private static long work(byte[] file) {
        var effort = new Effort();
        PersonaFile.load(file, effort);
        return effort.spent();
    }

    /** Counts what the YAML library does too. */
    private static long allocated(byte[] file) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        PersonaFile.load(file);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static List<byte[]> seeds() {
        return Stream.concat(MalformedFilesTest.names().stream().map(MalformedFilesTest::bytes),
                Stream.of(PersonaFile.shipped(), Damage.encodedTwice(PersonaFile.shipped(), "windows-1252"),
                        Damage.encodedTwice(PersonaFile.shipped(), "windows-1254"), PersonaFile.shipped())
                        .map(text -> text.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }
}
