package dev.relais.worker.workspace;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.jspecify.annotations.Nullable;

/** The directory of one run, and its first content. */
final class Checkout {
    /** Files are seen as they are stored: no line ending or keyword is translated, no filter runs. */
    private static final String ATTRIBUTES = "* -text -ident -filter -working-tree-encoding\n";

    private static final String MAIN = "main";

    private final Path directory;
    private final Git git;

    Checkout(Path directory, Git git) {
        this.directory = directory;
        this.git = git;
    }

    Path directory() {
        return directory;
    }

    /** Leaves an empty directory. */
    void clear() throws IOException {
        delete();
        try {
            Files.createDirectories(directory);
        } catch (NoSuchFileException e) {
            // Another run of this task took away the empty parent in between.
            Files.createDirectories(directory);
        }
        Files.setAttribute(directory, "unix:mode", 0755);
    }

    /**
     * A clone of the mirror that shares nothing with it, with the base checked out: a model that overwrites an object of its own repository must not
     * reach the next task's. All but the index is written in process; of git only one command runs.
     */
    void cloneFrom(Mirror mirror, RefRule.Meant base) throws IOException {
        Path gitDir = directory.resolve(".git");
        Files.createDirectories(gitDir.resolve("info"));
        Files.createDirectories(gitDir.resolve("refs/heads"));
        Files.writeString(gitDir.resolve("info/attributes"), ATTRIBUTES);
        String branch = base instanceof RefRule.Meant.Commit commit ? commit.branch() : MAIN;
        String id = base instanceof RefRule.Meant.Commit commit ? commit.id() : "";
        Files.writeString(gitDir.resolve("config"), config(mirror.url(), branch == null ? "" : branch));
        Files.writeString(gitDir.resolve("packed-refs"), refs(mirror.store(), branch, id));
        Files.writeString(gitDir.resolve("HEAD"), branch == null ? id + "\n" : "ref: refs/heads/" + branch + "\n");
        ObjectCopy.between(mirror.store().directory().resolve("objects"), gitDir.resolve("objects"));
        if (!id.isEmpty()) {
            require(git.local(gitDir, "-c", "core.logAllRefUpdates=false", "--work-tree=" + directory, "reset", "--quiet",
                    "--hard"));
            Files.deleteIfExists(gitDir.resolve("ORIG_HEAD"));
        }
    }

    private static String config(String url, String branch) {
        var config = new Config();
        config.setInt("core", null, "repositoryformatversion", 0);
        config.setBoolean("core", null, "filemode", true);
        config.setBoolean("core", null, "bare", false);
        config.setBoolean("core", null, "logallrefupdates", true);
        config.setString("remote", "origin", "url", url);
        config.setString("remote", "origin", "fetch", "+refs/heads/*:refs/remotes/origin/*");
        if (!branch.isEmpty()) {
            config.setString("branch", branch, "remote", "origin");
            config.setString("branch", branch, "merge", "refs/heads/" + branch);
        }
        return config.toText();
    }

    /** The remote's branches as they were fetched, its tags, and the branch to work on. Sorted, as git writes it. */
    private static String refs(Store store, @Nullable String branch, String id) throws IOException {
        var refs = new TreeMap<String, String>();
        for (Ref head : store.repository().getRefDatabase().getRefsByPrefix(Constants.R_HEADS)) {
            put(refs, Constants.R_REMOTES + "origin/" + head.getName().substring(Constants.R_HEADS.length()), head);
        }
        for (Ref tag : store.repository().getRefDatabase().getRefsByPrefix(Constants.R_TAGS)) {
            put(refs, tag.getName(), tag);
        }
        if (branch != null && !id.isEmpty()) {
            refs.put(Constants.R_HEADS + branch, id);
        }
        var text = new StringBuilder("# pack-refs with: sorted \n");
        refs.forEach((name, at) -> text.append(at).append(' ').append(name).append('\n'));
        return text.toString();
    }

    private static void put(Map<String, String> refs, String name, Ref ref) {
        ObjectId at = ref.getObjectId();
        if (at != null) {
            refs.put(name, at.name());
        }
    }

    private static void require(Git.Ended ended) throws IOException {
        if (ended instanceof Git.Ended.Failed failed) {
            throw new IOException("the checkout could not be made: " + failed.complaint());
        }
    }

    void delete() throws IOException {
        Removal.of(directory);
    }

    /** The directory of the task's checkouts, where this was the last. */
    void deleteParentIfEmpty() throws IOException {
        Path parent = directory.getParent();
        try {
            if (parent != null) {
                Files.deleteIfExists(parent);
            }
        } catch (DirectoryNotEmptyException e) {
            // Another run of this task is on this machine.
            return;
        }
    }
}
