package dev.relais.worker.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;

import dev.relais.schemas.event.Conclusion;
import dev.relais.schemas.event.JournalEntry;
import dev.relais.schemas.event.JournalEntry.Frame;
import dev.relais.schemas.event.WorkerId;
import dev.relais.worker.journal.Entry;
import dev.relais.worker.sandbox.Unsandboxed;
import dev.relais.worker.tool.ContentHash;
import dev.relais.worker.tool.Toolbox;
import dev.relais.worker.toolkit.Toolkit;
import dev.relais.worker.workspace.GitWorkspaces;
import dev.relais.worker.workspace.Quota;
import dev.relais.worker.workspace.Workspace;

import static org.assertj.core.api.Assertions.assertThat;

/** A task with real tools in a real working tree, on workers that are killed at chosen moments. A dead one leaves its checkout as it was. */
final class RealStage {
    private static final int MOST_EPOCHS = 1_000;

    private final List<Entry> accepted = new ArrayList<>();
    private final ScriptedModel model = new ScriptedModel(ThirtyTurns.script());
    private final Toolbox toolbox = new Toolbox(Toolkit.standard(new Unsandboxed(System.getenv())));
    private final Path dir;
    private final Optional<String> remote;
    private int epoch;

    /** @param apart whether no worker has the disk of the one before, and all share a remote */
    RealStage(Path dir, boolean apart) {
        this.dir = dir;
        this.remote = apart ? Optional.of("file://" + dir.resolve("remote.git")) : Optional.empty();
    }

    /**
     * When a worker dies.
     *
     * @param entry that many entries of its own are accepted, the next is lost
     * @param admission before that many admissions to a call to model or tool
     * @param snapshots when so many were taken
     */
    record Moment(int entry, int admission, int snapshots) {
        private static final int NOT = Integer.MAX_VALUE;
        static final Moment NEVER = new Moment(NOT, NOT, NOT);

        static Moment losing(int entry) {
            return new Moment(entry, NOT, NOT);
        }

        static Moment beforeAdmission(int admission) {
            return new Moment(NOT, admission, NOT);
        }

        static Moment afterSnapshots(int snapshots) {
            return new Moment(NOT, NOT, snapshots);
        }
    }

    /**
     * How it all ended.
     *
     * @param tree path to mode and hash of content, without what is the workspace's own git
     * @param history what git says of it: commits, refs, index, stash, reflog
     * @param results of the tools, as journaled
     */
    record Ending(Map<String, String> tree, String history, List<String> results, String digest) {
        static final Ending NONE = new Ending(Map.of(), "", List.of(), "");
    }

    int kills() {
        return epoch - 1;
    }

    /** @param dies for each epoch, from 1 */
    Ending run(IntFunction<Moment> dies) throws IOException, InterruptedException {
        remote.ifPresent(url -> shell(dir, "git init -q --bare remote.git"));
        while (epoch < MOST_EPOCHS) {
            epoch++;
            Optional<Ending> ending = lived(dies.apply(epoch));
            if (ending.isPresent()) {
                return ending.get();
            }
        }
        throw new AssertionError("the task does not get on");
    }

    private Optional<Ending> lived(Moment dies) throws IOException, InterruptedException {
        try {
            return Optional.of(run(dies));
        } catch (InMemoryJournal.Died e) {
            return Optional.empty();
        }
    }

    private Ending run(Moment dies) throws IOException, InterruptedException {
        var before = new InMemoryJournal(accepted, epoch, Stage.FOR_EVER);
        RunState state = RunState.of(before.read());
        state = state.after(before.append(new JournalEntry.Claimed("host", state.frame() == null ? frame() : null)));
        if (accepted.size() == 1) {
            state = state.after(before.append(Said.request()));
        }
        int diesAt = dies.entry() == Moment.NOT ? Stage.FOR_EVER : accepted.size() + dies.entry();
        var journal = new InMemoryJournal(accepted, epoch, diesAt, accepted.getLast().sequence() + 1);
        var worker = new WorkerId("w." + epoch);
        Stage plain = new Stage(model);
        Workspace real = workspaces(worker).open(plain.work().taskId(), epoch, null, state.snapshot());
        var workspace = new MortalWorkspace(real, dies.snapshots(), commit -> {
            try (Workspace another = workspaces(new WorkerId("another")).open(plain.work().taskId(), epoch, null, commit)) {
                assertThat(everything(another.root())).as("what was kept is what there is").isEqualTo(everything(real.root()));
            }
        });
        int[] admissions = {0};
        var parts = new TaskRun.Parts(journal, model, new TaskRun.Tools(toolbox, toolbox, Stage.ASKABLE), workspace, () -> {
            if (admissions[0]++ >= dies.admission()) {
                throw new InMemoryJournal.Died();
            }
        }, _ -> {}, InstantSource.fixed(Instant.EPOCH));
        new TaskRun(plain.work(), Said.PERSONA, state, parts).run();
        Ending ending = ending(real.root());
        real.close();
        return ending;
    }

    /** Walled, as far as snapshots go: no command of the playbook leaves a process behind, so that only what was touched is looked at. */
    private GitWorkspaces workspaces(WorkerId worker) {
        return new GitWorkspaces(new GitWorkspaces.Setup(remote.isEmpty() ? dir : dir.resolve("machine" + epoch), worker, remote,
                Quota.ofBytes(1 << 30), GitWorkspaces.Commands.WALLED));
    }

    private Frame frame() {
        return new Frame(1, Said.PERSONA.text(), Said.PERSONA.hash(), toolbox.schemas(), Said.PERSONA.model(), 1_000,
                Workspace.SEEN_AS);
    }

    private Ending ending(Path root) {
        String ask = "git log --all --format='%H %T %P %s'; git for-each-ref; git symbolic-ref HEAD; git ls-files -s; git stash list;"
                + " git reflog --all; git status --porcelain --ignored; git fsck --strict";
        List<String> results = accepted.stream().map(Entry::body).filter(JournalEntry.ToolsRan.class::isInstance)
                .map(JournalEntry.ToolsRan.class::cast).flatMap(ran -> {
                    var lines = new ArrayList<String>();
                    ran.results().forEach(result -> lines.add(result.toString()));
                    ran.files().forEach(file -> lines.add(file.toString()));
                    return lines.stream();
                }).toList();
        Map<String, String> tree = everything(root);
        tree.keySet().removeIf(path -> ("/" + path).contains("/.git/"));
        return new Ending(tree, shell(root, ask) + shell(root.resolve("nested"), ask), results, digest());
    }

    private String digest() {
        return accepted.getLast().body() instanceof JournalEntry.Concluded(Conclusion.Delivered delivered)
                ? delivered.deliverable().digest().toString()
                : "not delivered: " + accepted.getLast().body();
    }

    private static Map<String, String> everything(Path root) {
        var all = new TreeMap<String, String>();
        var visitor = new SimpleFileVisitor<Path>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
                all.put(name(directory), mode(directory));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                byte[] content = attributes.isSymbolicLink()
                        ? Files.readSymbolicLink(file).toString().getBytes(StandardCharsets.UTF_8)
                        : Files.readAllBytes(file);
                all.put(name(file), mode(file) + " " + ContentHash.of(content));
                return FileVisitResult.CONTINUE;
            }

            private String name(Path file) {
                return root.relativize(file).toString();
            }

            private String mode(Path file) throws IOException {
                return Integer.toOctalString((int) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS));
            }
        };
        try {
            Files.walkFileTree(root, visitor);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    private static String shell(Path directory, String script) {
        try {
            Process process = new ProcessBuilder("bash", "-ec", script).directory(directory.toFile()).redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(script + " failed:\n" + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
