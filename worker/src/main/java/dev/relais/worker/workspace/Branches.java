package dev.relais.worker.workspace;

import java.io.IOException;

import org.eclipse.jgit.lib.ObjectId;

/** Where a deliverable's branch is written. */
interface Branches {
    /** How it went. */
    sealed interface Written {
        record Fine() implements Written {}

        /** The branch stands with another commit, and was left as it was. */
        record Taken() implements Written {}

        record Refused(String complaint) implements Written {}
    }

    /** As events name it. */
    String url();

    /** A branch that is there with this very commit is fine. */
    Written create(String branch, ObjectId commit) throws IOException;

    /** Whatever stood there. */
    Written replace(String branch, ObjectId commit) throws IOException;
}
