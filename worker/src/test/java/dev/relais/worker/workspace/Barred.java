package dev.relais.worker.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.relais.schemas.event.DeliverablePublished.DeliveredFile;
import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.WorkerId;
import dev.relais.worker.workspace.Workspace.Snapshot;

/**
 * A worker in a process of its own, whom modes bind. It says what went wrong and ends with 1, or says {@link #FINE}. Started by {@link BarredTest}.
 */
final class Barred {
    static final String FINE = "fine";
    static final String NOT_BARRED = "modes do not bind this process";
    private static final TaskId TASK = new TaskId("t");
    private static final String SHUT = """
            mkdir -p none/in/ner write listless enter deep/er && echo x > none/b && echo i > none/in/ner/x
            echo w > write/b && echo l > listless/b && mkdir listless/c && echo e > enter/b && echo f > file && echo o > deep/er/own
            chmod 000 file none/in/ner none && chmod 600 write && chmod 300 listless && chmod 500 enter && chmod 000 deep/er deep
            echo none/secret > .gitignore
            """;

    private final Path dir;

    private Barred(Path dir) {
        this.dir = dir;
    }

    public static void main(String[] arguments) throws IOException {
        var barred = new Barred(Path.of(arguments[0]));
        Path probe = Files.createDirectory(barred.dir.resolve("probe"), PosixFilePermissions.asFileAttribute(Set.of()));
        if (Files.isReadable(probe)) {
            System.out.println(NOT_BARRED);
            return;
        }
        barred.goesOn();
        System.out.println(FINE);
    }

    private Workspace open(String worker, int epoch, @Nullable String snapshot) {
        var setup = new GitWorkspaces.Setup(dir.resolve("data"), new WorkerId(worker), Optional.empty(),
                Quota.ofBytes(Quota.PLENTY), GitWorkspaces.Commands.WALLED);
        return new GitWorkspaces(setup, new Patience(Duration.ZERO, InstantSource.system())).open(TASK, epoch, null, snapshot);
    }

    private void goesOn() throws IOException {
        try (Workspace first = open("w1", 1, null)) {
            Shell.run(first.root(), SHUT);
            String commit = taken(first.snapshot(new Touched.Anything()));
            Map<String, String> before = picture(first.root());
            // A failed write into one of them, and one beside them.
            Files.writeString(first.root().resolve("beside"), "1");
            String more = taken(
                    first.snapshot(new Touched.Paths(Set.of("none/new", "none/b", "write/b/c", "deep/er/own", "beside"))));
            try (Workspace second = open("w2", 2, commit)) {
                same(before, picture(second.root()));
                same("Unchanged[]", second.snapshot(new Touched.Anything()).toString());
                Files.writeString(second.root().resolve("beside"), "1");
                taken(second.snapshot(new Touched.Anything()));
                Map<String, String> after = picture(second.root());
                second.restore(more);
                same(after, picture(second.root()));
                same(List.of(".gitignore", "beside", "deep/er/own", "enter/b", "file", "listless/b", "none/b", "none/in/ner/x",
                        "write/b"), second.changes().stream().map(DeliveredFile::path).toList());
                same(false, second.tree().isEmpty());
            }
        }
        try (Stream<Path> left = Files.list(dir.resolve("data/workspaces"))) {
            same(0L, left.count());
        }
    }

    private static String taken(Snapshot snapshot) {
        if (snapshot instanceof Snapshot.Taken(String commit)) {
            return commit;
        }
        throw new AssertionError("nothing was taken: " + snapshot);
    }

    private static void same(Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError("expected " + expected + "\nbut was  " + actual);
        }
    }

    /** Like {@link Shell#picture}, by opening what is shut and shutting it again. */
    private static Map<String, String> picture(Path root) throws IOException {
        var all = new TreeMap<String, String>();
        collect(root, root, all);
        return all;
    }

    private static void collect(Path root, Path file, Map<String, String> all) throws IOException {
        int mode = (int) Files.getAttribute(file, "unix:mode");
        String said = Integer.toOctalString(mode);
        Files.setAttribute(file, "unix:mode", 0700);
        if (Files.isDirectory(file)) {
            try (Stream<Path> below = Files.list(file)) {
                for (Path each : below.toList()) {
                    collect(root, each, all);
                }
            }
        } else {
            said += " " + Files.readString(file);
        }
        Files.setAttribute(file, "unix:mode", mode & 07777);
        all.put(root.relativize(file).toString(), said);
    }
}
