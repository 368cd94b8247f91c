package dev.relais.worker.workspace;

import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.DeliverablePublished.DeliveredFile;

/** One run's working tree. The model sees it as {@link #SEEN_AS}; what it really is, only the tools know. */
public interface Workspace extends AutoCloseable {
    /** The one path that every worker and every epoch shows the model. */
    String SEEN_AS = "/workspace";

    /** The real directory, checked out at the first call. */
    Path root();

    /** Where commands start and relative paths begin: {@link #root}, or the subdirectory that the task names. */
    default Path start() {
        return root();
    }

    /** Where a path of the model's leads to. */
    Resolved resolve(String pathOfTheModel);

    /** A tool wrote this file, or tried to: it belongs to the commands' user now, like the directories made for it. */
    default void madeByATool(Path real) {}

    /** Commits the tree as it is, and returns only when the workspace remote has the commit. */
    Snapshot snapshot();

    /**
     * The same, of a tree in which nothing else changed since the last snapshot.
     *
     * @param touched what may have changed: looking at that alone is enough
     */
    default Snapshot snapshot(Touched touched) {
        return touched instanceof Touched.Nothing ? new Snapshot.Unchanged() : snapshot();
    }

    /** Puts the tree back to a snapshot, byte for byte. */
    void restore(String commit);

    /** Puts the tree back to the last snapshot that was taken or restored, or to what the task began with where there is none. */
    void undo();

    /** What changed since the task began, without ignored files and {@code .relais/}. {@code claimed} is false throughout. */
    List<DeliveredFile> changes();

    /** The same with the texts before and after, for those who judge them. */
    List<TextChange> diff();

    /** The git tree id of what {@link #publish} would publish; the empty string where nothing ever changed. */
    String tree();

    /**
     * Pushes the deliverable's branch {@code relais/<task>/<round>.<epoch>}.
     *
     * @param author of the commit, which Relais commits
     * @param message of the commit
     */
    Publication publish(int round, AgentName author, String message);

    /** Removes the checkout. */
    @Override
    void close();

    sealed interface Resolved {
        /** @param relative within the workspace, '/' between names */
        record Inside(Path real, String relative) implements Resolved {}

        /** @param reason instructive to a model */
        record Outside(String reason) implements Resolved {}
    }

    sealed interface Snapshot {
        record Taken(String commit) implements Snapshot {}

        record Unchanged() implements Snapshot {}

        /**
         * The workspace had outgrown its quota: nothing was kept, and the tree is again what it was at the last snapshot.
         *
         * @param reason instructive to a model
         */
        record Undone(String reason) implements Snapshot {}
    }

    sealed interface Publication {
        record Pushed(String repository, String branch, String commit) implements Publication {}

        /** The run changed no file: there is nothing to push. */
        record Nothing() implements Publication {}

        /** Credentials, protection, hook: the task ends as {@code push-refused}. */
        record Refused(String reason) implements Publication {}
    }

    /** The remote could not be reached for a minute: the run yields as {@code workspace-unreachable} (rule 6). */
    final class Unreachable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Unreachable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The repository or ref that the task names does not exist: the task's own fault, reason {@code workspace-invalid}. */
    final class Invalid extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Invalid(String message) {
            super(message);
        }
    }

    /** The thread was interrupted while git worked; its interrupt flag is set again. The run is being stopped, nothing is to be reported. */
    final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Stopped(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
