package dev.relais.deploy.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A repository whose hook stands still in the middle of a push of a deliverable's branch for as long as somebody watches it: then nobody dies during a push
 * by chance. Pushes that nobody watches, and those of snapshots, go through.
 */
final class SlowPush {
    private static final String WATCHED = "watched-";
    private static final String SEEN = "seen-";
    /** Half a minute at most: a watcher that died does not come back. */
    private static final String HOOK = """
            #!/bin/sh
            while read -r _ _ ref; do
                case $ref in refs/heads/relais/*) ;; *) continue ;; esac
                push=$(echo "${ref#refs/heads/relais/}" | tr / -)
                [ -e "pushing/watched-$push" ] || continue
                touch "pushing/seen-$push"
                left=3000
                while [ -e "pushing/watched-$push" ] && [ "$left" -gt 0 ]; do
                    sleep 0.01
                    left=$((left - 1))
                done
            done
            """;

    private final Path repository;

    private SlowPush(Path repository) {
        this.repository = repository;
    }

    /** @param url of a bare repository on this machine */
    static SlowPush prepare(String url) throws IOException {
        var slow = new SlowPush(Path.of(URI.create(url)));
        Files.createDirectory(slow.pushing());
        Path hook = Files.createDirectories(slow.repository.resolve("hooks")).resolve("pre-receive");
        Files.writeString(hook, HOOK);
        Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
        return slow;
    }

    /** @return nothing where the repository was not {@link #prepare prepared} */
    static Optional<SlowPush> of(String url) {
        if (!url.startsWith("file:")) {
            return Optional.empty();
        }
        var slow = new SlowPush(Path.of(URI.create(url)));
        return Files.isDirectory(slow.pushing()) ? Optional.of(slow) : Optional.empty();
    }

    String url() {
        return "file://" + repository;
    }

    private Path pushing() {
        return repository.resolve("pushing");
    }

    /** @param push task, round and epoch: {@code t1-1.1} */
    void watch(String push) {
        try {
            Files.createFile(pushing().resolve(WATCHED + push));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the remote's hook runs, and waits. */
    boolean isSeen(String push) {
        return Files.exists(pushing().resolve(SEEN + push));
    }

    void letGo(String push) {
        try {
            Files.deleteIfExists(pushing().resolve(SEEN + push));
            Files.deleteIfExists(pushing().resolve(WATCHED + push));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The pushes that stand in the middle: begun, and their branches are not there. */
    Set<String> inTheMiddle() throws IOException {
        Set<String> standing = standing();
        assertThat(branches()).as("branches whose push has not ended").doesNotContainAnyElementsOf(standing);
        return standing;
    }

    private Set<String> standing() throws IOException {
        try (var files = Files.list(pushing())) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.startsWith(SEEN))
                    .map(name -> name.substring(SEEN.length())).collect(Collectors.toSet());
        }
    }

    /** Pushes whose worker died go on without it. */
    void letAllGo() throws IOException {
        try (var files = Files.list(pushing())) {
            for (Path file : files.toList()) {
                try {
                    Files.delete(file);
                } catch (NoSuchFileException _) {
                    // Whoever watches it was quicker.
                }
            }
        }
    }

    /** @return the deliverables' branches that are there, as task, round and epoch */
    Set<String> branches() throws IOException {
        Process git = new ProcessBuilder(List.of("git", "--git-dir=" + repository, "for-each-ref", "--format=%(refname:lstrip=3)",
                "refs/heads/relais/")).redirectErrorStream(true).start();
        String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return said.lines().map(line -> line.replace('/', '-')).collect(Collectors.toSet());
    }
}
