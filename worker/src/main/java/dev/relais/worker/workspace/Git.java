package dev.relais.worker.workspace;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The command-line git, for what needs a network, credentials or a working tree's index. Nothing that a repository brings along has an effect:
 * no hook, no file system monitor, no filter, no transport that runs a command.
 */
final class Git {
    private static final int OUTPUT_BYTES = 4 << 20;
    private static final List<String> SAFE = List.of("-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c",
            "protocol.ext.allow=never", "-c", "gc.auto=0", "-c", "maintenance.auto=false", "-c", "http.lowSpeedLimit=1000",
            "-c", "http.lowSpeedTime=30", "-c", "core.autocrlf=false", "-c", "advice.detachedHead=false");
    private static final List<String> PASSED_ON = List.of("PATH", "HOME", "SSH_AUTH_SOCK", "GIT_SSH_COMMAND", "GIT_ASKPASS",
            "SSH_ASKPASS", "https_proxy", "HTTPS_PROXY", "no_proxy", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR",
            "GIT_SSL_CAINFO", "XDG_CONFIG_HOME");

    /** Side by side: each is a process tree of its own, and more of them than this only stand in each other's way. */
    private static final int AT_ONCE = Math.max(8, 4 * Runtime.getRuntime().availableProcessors());

    private final Duration limit;
    private final Semaphore room = new Semaphore(AT_ONCE, true);

    /** @param limit after which a command is killed and counts as {@link GitFailureRule.Failure#AWAY} */
    Git(Duration limit) {
        this.limit = limit;
    }

    sealed interface Ended {
        record Fine(String output) implements Ended {}

        /** @param complaint what git said, without secrets */
        record Failed(GitFailureRule.Failure failure, String complaint) implements Ended {}
    }

    /** A command that touches nothing but this machine: neither the operator's nor the system's configuration counts. */
    Ended local(Path gitDir, String... arguments) {
        return run(gitDir, Map.of("GIT_CONFIG_NOSYSTEM", "1", "GIT_CONFIG_GLOBAL", "/dev/null"), arguments);
    }

    /** A command that talks to a remote, with the operator's configuration: credential helpers, proxies, certificates. */
    Ended remote(Path gitDir, String... arguments) {
        return run(gitDir, Map.of(), arguments);
    }

    private Ended run(Path gitDir, Map<String, String> more, String... arguments) {
        var command = new ArrayList<String>();
        command.add("git");
        command.addAll(SAFE);
        command.add("--git-dir=" + gitDir);
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        Map<String, String> environment = builder.environment();
        Map<String, String> all = Map.copyOf(environment);
        environment.clear();
        PASSED_ON.stream().filter(all::containsKey).forEach(name -> environment.put(name, all.getOrDefault(name, "")));
        environment.put("LC_ALL", "C");
        environment.put("GIT_TERMINAL_PROMPT", "0");
        environment.put("GIT_ATTR_NOSYSTEM", "1");
        environment.put("GIT_ALLOW_PROTOCOL", "file:http:https:ssh:git");
        environment.putIfAbsent("GIT_SSH_COMMAND", "ssh -oBatchMode=yes -oConnectTimeout=15 -oServerAliveInterval=15");
        environment.putAll(more);
        return started(builder, arguments[0]);
    }

    private Ended started(ProcessBuilder builder, String verb) {
        try {
            room.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Workspace.Stopped("git " + verb + " was stopped before it began", e);
        }
        try {
            return awaited(builder.start(), verb);
        } catch (IOException e) {
            throw new UncheckedIOException("git could not be started; install it (apt-get install git)", e);
        } finally {
            room.release();
        }
    }

    private Ended awaited(Process process, String verb) {
        CompletableFuture<String> output = drained(process.getInputStream());
        CompletableFuture<String> complaint = drained(process.getErrorStream());
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                kill(process);
                return new Ended.Failed(GitFailureRule.Failure.AWAY, "git " + verb + " did not end within " + limit);
            }
        } catch (InterruptedException e) {
            kill(process);
            Thread.currentThread().interrupt();
            throw new Workspace.Stopped("git " + verb + " was stopped", e);
        }
        if (process.exitValue() == 0) {
            return new Ended.Fine(output.join());
        }
        String said = RepositoryUrl.withoutSecrets(complaint.join() + output.join()).strip();
        return new Ended.Failed(GitFailureRule.of(said), said.length() <= 600 ? said : said.substring(0, 600) + "…");
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static CompletableFuture<String> drained(InputStream stream) {
        var text = new CompletableFuture<String>();
        Thread.ofVirtual().start(() -> {
            try (stream) {
                byte[] kept = stream.readNBytes(OUTPUT_BYTES);
                stream.transferTo(OutputStream.nullOutputStream());
                text.complete(new String(kept, StandardCharsets.UTF_8));
            } catch (IOException e) {
                text.complete("(git's output could not be read: " + e.getMessage() + ")");
            }
        });
        return text;
    }
}
