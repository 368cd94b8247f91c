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
public final class Part implements AutoCloseable {
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

    /** @param options of the JVM */
    public record Program(String main, List<String> options, List<String> arguments) {
        public Program {
            options = List.copyOf(options);
            arguments = List.copyOf(arguments);
        }

        /** What ships. */
        public static Program relais(String... arguments) {
            return new Program("dev.relais.deploy.cli.RelaisMain", List.of(), List.of(arguments));
        }
    }

    /** Starts a program with nothing of this JVM's settings. */
    static Part start(Path logs, String name, Map<String, String> environment, Program program) throws IOException {
        Files.createDirectories(logs);
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // One compiler and one collector: several of these start at once on two cores.
        command.addAll(List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(program.options());
        command.addAll(List.of("-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                program.main()));
        command.addAll(program.arguments());
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
    public String awaitReady() {
        await(name + " is ready").atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(100)).until(() -> {
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
    public String word() {
        return awaitReady().split(" ", -1)[2];
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** @return the exit code of a part that ends by itself */
    public int awaitEnd(Duration most) throws InterruptedException {
        if (!process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError(name + " did not end within " + most.toSeconds() + " s:\n" + tail());
        }
        return process.exitValue();
    }

    /** Stops it in the middle of whatever it does, as a machine that is suspended; {@link #resume} lets it go on. */
    public void suspend() throws IOException, InterruptedException {
        signal("STOP");
    }

    public void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        int code = new ProcessBuilder("kill", "-" + signal, Long.toString(pid())).inheritIO().start().waitFor();
        if (code != 0) {
            throw new AssertionError(name + " cannot be sent SIG" + signal);
        }
    }

    /** As a crash: no time to say anything. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** SIGTERM. @return the exit code */
    public int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new AssertionError(name + " did not end within 30 s of SIGTERM:\n" + tail());
        }
        return process.exitValue();
    }

    /** What it has said on standard output. */
    public String said() throws IOException {
        return Files.readString(out);
    }

    public String tail() {
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
