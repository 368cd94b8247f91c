package dev.relais.worker.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What the owner of a file may not read or enter is kept and comes back all the same. Root passes every mode, so that as root the worker is started
 * without any of root's capabilities: to the kernel that is an owner like any other.
 */
class BarredTest {
    private static final List<String> WITHOUT_CAPABILITIES = List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all");

    @TempDir
    private Path dir;

    private record Ended(int code, String output) {}

    private static Ended run(List<String> command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Ended(process.waitFor(), output);
        } catch (IOException e) {
            return new Ended(-1, e.toString());
        }
    }

    /** What starts a process whom modes bind. */
    private static List<String> bound(Path shut) throws IOException, InterruptedException {
        Files.setAttribute(shut, "unix:mode", 0);
        if (!Files.isReadable(shut)) {
            return List.of();
        }
        var probe = new ArrayList<>(WITHOUT_CAPABILITIES);
        probe.add("true");
        Ended ended = run(probe);
        assumeTrue(ended.code() == 0, () -> "root cannot do without its capabilities here: " + ended.output());
        return WITHOUT_CAPABILITIES;
    }

    @Test
    void whatIsShutToItsOwnerIsKeptAndComesBack() throws IOException, InterruptedException {
        var command = new ArrayList<>(bound(Files.createDirectory(dir.resolve("shut"))));
        command.addAll(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--enable-native-access=ALL-UNNAMED",
                        "-cp", System.getProperty("java.class.path"), Barred.class.getName(), dir.toString()));
        Ended ended = run(command);
        assumeTrue(!ended.output().strip().equals(Barred.NOT_BARRED), Barred.NOT_BARRED);
        assertThat(ended.output()).endsWith(Barred.FINE + System.lineSeparator());
        assertThat(ended.code()).isZero();
    }
}
