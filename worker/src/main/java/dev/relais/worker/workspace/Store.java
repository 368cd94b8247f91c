package dev.relais.worker.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import org.eclipse.jgit.internal.storage.file.ObjectDirectory;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;

import dev.relais.schemas.event.AgentName;

/** A bare repository of Relais' own, written in process: a snapshot starts no program. Several workers of one machine share it. */
final class Store {
    private static final String TREE = "tree";
    private static final String MANIFEST = "manifest";
    private static final int MANY = 1_000;
    /** JGit keeps each ref that it has written or read for ever, nearly a kilobyte each, and copies the list of them for each new one. */
    private static final int MOST_REFS_KEPT = 1_000;
    private static final String CONFIG = """
            [core]
            \trepositoryformatversion = 0
            \tbare = true
            \tcompression = 1
            [gc]
            \tauto = 0
            [receive]
            \tautogc = false
            """;

    private final Path directory;
    private final Repository repository;
    private final AtomicInteger refsWritten = new AtomicInteger();

    private Store(Path directory, Repository repository) {
        this.directory = directory;
        this.repository = repository;
    }

    /** Opens the repository, and makes it where there is none yet. */
    static Store at(Path directory) throws IOException {
        Quiet.install();
        if (!Files.exists(directory.resolve("HEAD"))) {
            Files.createDirectories(directory.resolve("objects/pack"));
            Files.createDirectories(directory.resolve("refs/heads"));
            place(directory.resolve("config"), CONFIG);
            place(directory.resolve("HEAD"), "ref: refs/heads/main\n");
        }
        return new Store(directory, new FileRepositoryBuilder().setGitDir(directory.toFile()).setMustExist(true).build());
    }

    /** In one step, so that two workers that start at once both find a whole file. */
    private static void place(Path file, String content) throws IOException {
        Path draft = Files.createTempFile(file.getParent(), "draft", "");
        Files.writeString(draft, content);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    Path directory() {
        return directory;
    }

    Repository repository() {
        return repository;
    }

    /** Writes the tree with its manifest, and what of it is not here yet. */
    ObjectId keep(Path root, Indexed.Directory seen, Optional<ObjectId> base) throws IOException {
        try (ObjectInserter inserter = inserter(seen)) {
            ObjectId tree = new TreeWrite(root, inserter).write(seen);
            ObjectId manifest = inserter.insert(Constants.OBJ_BLOB, new Manifest(base, Modes.of(seen)).toBytes());
            var top = new TreeFormatter();
            top.append(MANIFEST, FileMode.REGULAR_FILE, manifest);
            top.append(TREE, FileMode.TREE, tree);
            ObjectId id = top.insertTo(inserter);
            inserter.flush();
            return id;
        }
    }

    /** A file for each object is quickest for a few of them, and a pack for many. */
    private ObjectInserter inserter(Indexed.Directory seen) {
        return repository.getObjectDatabase() instanceof ObjectDirectory objects && seen.unread() > MANY
                ? objects.newPackInserter()
                : repository.newObjectInserter();
    }

    /** Who made a commit's content, and who committed it: the same content, message, persons and moment are the same commit. */
    record Signed(PersonIdent author, PersonIdent committer) {
        static Signed byRelais(Instant at) {
            var relais = new PersonIdent("Relais", "relais@localhost", at, ZoneOffset.UTC);
            return new Signed(relais, relais);
        }

        static Signed by(AgentName agent, Instant at) {
            return new Signed(new PersonIdent(agent.value(), agent.value() + "@relais", at, ZoneOffset.UTC),
                    byRelais(at).committer());
        }
    }

    ObjectId commit(ObjectId tree, Optional<ObjectId> parent, String message, Signed signed) throws IOException {
        var commit = new CommitBuilder();
        commit.setTreeId(tree);
        parent.ifPresent(commit::setParentId);
        commit.setAuthor(signed.author());
        commit.setCommitter(signed.committer());
        commit.setMessage(message);
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            return id;
        }
    }

    private RefUpdate update(String ref) throws IOException {
        if (refsWritten.incrementAndGet() % MOST_REFS_KEPT == 0) {
            repository.getRefDatabase().refresh();
        }
        return repository.updateRef(ref);
    }

    /** Sets a ref that nobody else writes. */
    void point(String ref, ObjectId commit) throws IOException {
        RefUpdate update = update(ref);
        update.setNewObjectId(commit);
        update.disableRefLog();
        RefUpdate.Result result = update.forceUpdate();
        switch (result) {
            case NEW, FORCED, FAST_FORWARD, NO_CHANGE -> {
            }
            case NOT_ATTEMPTED, LOCK_FAILURE, REJECTED, REJECTED_CURRENT_BRANCH, IO_FAILURE, RENAMED, REJECTED_MISSING_OBJECT,
                    REJECTED_OTHER_REASON ->
                throw unwritten(ref, result);
        }
    }

    /** Whether the ref stands with the commit now: false where it stood with another one. */
    boolean create(String ref, ObjectId commit) throws IOException {
        RefUpdate update = update(ref);
        update.setExpectedOldObjectId(ObjectId.zeroId());
        update.setNewObjectId(commit);
        update.disableRefLog();
        RefUpdate.Result result = update.update();
        return switch (result) {
            case NEW, NO_CHANGE -> true;
            case LOCK_FAILURE, REJECTED, FAST_FORWARD, FORCED -> {
                Ref stands = repository.exactRef(ref);
                if (stands == null) {
                    throw unwritten(ref, result);
                }
                yield commit.equals(stands.getObjectId());
            }
            case NOT_ATTEMPTED, REJECTED_CURRENT_BRANCH, IO_FAILURE, RENAMED, REJECTED_MISSING_OBJECT, REJECTED_OTHER_REASON ->
                throw unwritten(ref, result);
        };
    }

    private static IOException unwritten(String ref, RefUpdate.Result result) {
        return new IOException("ref " + ref + " could not be written: " + result);
    }

    boolean has(ObjectId id) {
        try {
            return repository.getObjectDatabase().has(id);
        } catch (IOException e) {
            return false;
        }
    }

    /** The id of a commit's tree. */
    ObjectId topOf(ObjectId commit) throws IOException {
        try (var walk = new RevWalk(repository)) {
            return walk.parseCommit(commit).getTree().getId().copy();
        }
    }

    /** @return the snapshot's manifest, once its tree stands in {@code root} */
    Manifest restore(ObjectId commit, Path root) throws IOException {
        ObjectId top = topOf(commit);
        try (ObjectReader reader = repository.newObjectReader()) {
            Manifest manifest = Manifest.parse(reader.open(entry(reader, top, MANIFEST)).getBytes());
            new TreeRestore(reader).restore(entry(reader, top, TREE), manifest.modes(), root);
            return manifest;
        }
    }

    /** What the index looks at was just restored from this snapshot. */
    void adopt(ObjectId commit, Index index) throws IOException, TooMuch {
        try (ObjectReader reader = repository.newObjectReader()) {
            index.adopt(reader, entry(reader, topOf(commit), TREE));
        }
    }

    private static ObjectId entry(ObjectReader reader, ObjectId top, String name) throws IOException {
        try (TreeWalk walk = TreeWalk.forPath(reader, name, top)) {
            if (walk == null) {
                throw new IOException("commit with tree " + top.name() + " is no snapshot: it has no entry \"" + name + "\"");
            }
            return walk.getObjectId(0).copy();
        }
    }
}
