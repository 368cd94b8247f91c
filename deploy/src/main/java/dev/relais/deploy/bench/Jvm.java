package dev.relais.deploy.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One part of Relais in a JVM of its own, started as the launcher starts it, ended by its pid. */
final class Jvm implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(3);
    private static final int LOOK_MILLIS = 50;

    private final String name;
    private final Process process;
    private final Path out;
    private final Path err;
    private final Optional<Path> recording;

    private Jvm(Start start, Process process, Path out, Path err) {
        this.name = start.name();
        this.process = process;
        this.out = out;
        this.err = err;
        this.recording = start.recording();
    }

    /**
     * What is started.
     *
     * @param flags of the JVM: its heap
     * @param main class and arguments
     * @param environment nothing of this process' settings is inherited
     * @param recording a file that gets a flight recording, of the last 250 MB
     */
    record Start(String name, List<String> flags, List<String> main, Map<String, String> environment, Optional<Path> recording) {
        Start {
            flags = List.copyOf(flags);
            main = List.copyOf(main);
            environment = Map.copyOf(environment);
        }
    }

    static Jvm start(Path directory, Start start) throws IOException {
        Files.createDirectories(directory);
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(start.flags());
        if (start.recording().isPresent()) {
            Files.deleteIfExists(start.recording().get());
            command.add("-XX:StartFlightRecording:settings=profile,jdk.CPUTimeSample#enabled=true");
        }
        // The compilers' threads stay, so that what they used can be told from what the part used.
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:-UseDynamicNumberOfCompilerThreads", "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8", "-Drelais.log=WARN", "-cp",
                System.getProperty("java.class.path")));
        command.addAll(start.main());
        Path out = directory.resolve(start.name() + ".out");
        Path err = directory.resolve(start.name() + ".err");
        Files.deleteIfExists(out);
        var builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().keySet()
                .removeIf(key -> key.startsWith("RELAIS_") || key.startsWith("ANTHROPIC_") || key.startsWith("KAFKA_"));
        builder.environment().putAll(start.environment());
        return new Jvm(start, builder.start(), out, err);
    }

    /** @return the word after {@code ready <part>} */
    String awaitReady() throws IOException, InterruptedException {
        for (long left = START.toMillis() / LOOK_MILLIS; left > 0; left--) {
            var ready = Files.readString(out).lines().filter(line -> line.startsWith("ready")).findFirst();
            if (ready.isPresent()) {
                return ready.get().split(" ", -1)[2];
            }
            if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new BenchFailed(name + " ended with " + process.exitValue() + " before it was ready; its log is " + err);
            }
        }
        throw new BenchFailed(name + " was not ready within " + START.toSeconds() + " s; its log is " + err);
    }

    ProcessUse use() throws IOException {
        return ProcessUse.of(process.pid());
    }

    long liveBytes() throws IOException {
        return LiveHeap.bytes(process.pid());
    }

    /** As a crash: no time to say anything. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() {
        try {
            // Asked for: a part that was told to stop halts its JVM, which may then not have written it.
            recording.ifPresent(this::record);
        } finally {
            stop();
        }
    }

    private void record(Path file) {
        try {
            String answer = Jcmd.ask(process.pid(), "JFR.dump", "filename=" + file);
            if (process.isAlive() && !Files.exists(file)) {
                throw new BenchFailed(name + " left no flight recording: " + answer);
            }
        } catch (IOException e) {
            throw new BenchFailed(name + " left no flight recording: " + e);
        }
    }

    private void stop() {
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
