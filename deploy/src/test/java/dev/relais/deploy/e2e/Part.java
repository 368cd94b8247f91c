package dev.relais.deploy.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import static org.awaitility.Awaitility.await;

/** One part of Relais in a JVM of its own, ended by its pid. */
final class Part implements AutoCloseable {
    private final String name;
    private final Process process;
    private final Path out;
    private final Path err;

    private Part(String name, Process process, Path out, Path err) {
        this.name = name;
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Starts {@code relais} with these arguments and nothing of this JVM's settings. */
    static Part start(Path logs, String name, Map<String, String> environment, List<String> arguments) throws IOException {
        Files.createDirectories(logs);
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // One compiler and one collector: several of these start at once on two cores.
        command.addAll(List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow", "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "dev.relais.deploy.cli.RelaisMain"));
        command.addAll(arguments);
        Path out = logs.resolve(name + ".out");
        Path err = logs.resolve(name + ".err");
        var builder = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.appendTo(out.toFile()))
                .redirectError(ProcessBuilder.Redirect.appendTo(err.toFile()));
        builder.environment().keySet()
                .removeIf(key -> key.startsWith("RELAIS_") || key.startsWith("ANTHROPIC_") || key.startsWith("KAFKA_"));
        builder.environment().putAll(environment);
        Files.deleteIfExists(out);
        return new Part(name, builder.start(), out, err);
    }

    /** @return the line that begins with {@code ready} */
    String awaitReady() {
        await(name + " is ready").atMost(Duration.ofSeconds(120)).pollInterval(Duration.ofMillis(100)).until(() -> {
            if (!process.isAlive()) {
                throw new AssertionError(name + " ended with " + process.exitValue() + " before it was ready:\n" + tail());
            }
            return readyLine().startsWith("ready");
        });
        return readyLine();
    }

    private String readyLine() {
        try {
            return Files.readAllLines(out).stream().filter(line -> line.startsWith("ready")).findFirst().orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    /** The word after {@code ready <part>}. */
    String word() {
        return awaitReady().split(" ")[2];
    }

    /** As a crash: no time to say anything. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** SIGTERM. @return the exit code */
    int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new AssertionError(name + " did not end within 30 s of SIGTERM:\n" + tail());
        }
        return process.exitValue();
    }

    String tail() {
        try {
            var lines = Files.readAllLines(err);
            return "--- " + name + ", " + err + "\n"
                    + String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
        } catch (IOException e) {
            return "--- " + name + ": no log (" + e.getMessage() + ")";
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
