package dev.relais.deploy.bench;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Asks a JVM of this machine by {@code jcmd}. */
final class Jcmd {
    private static final Duration MOST = Duration.ofSeconds(30);

    private Jcmd() {}

    /**
     * Waits for the answer.
     *
     * @return what it answers, complaints included
     * @throws IOException where it does not answer in time
     */
    static String ask(long pid, String... command) throws IOException {
        var line = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid)));
        line.addAll(List.of(command));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        try {
            if (!process.waitFor(MOST.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("JVM " + pid + " did not answer " + command[0] + " within " + MOST.toSeconds() + " s");
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while JVM " + pid + " was asked for " + command[0]);
        }
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
