package dev.relais.worker.workspace;

import java.io.IOException;

import org.eclipse.jgit.lib.ObjectId;

/**
 * Branches of the store itself, written in process: a push to it would start five programs, one of which walks all that was ever delivered to
 * see what is new.
 */
final class OwnBranches implements Branches {
    private final Store store;

    OwnBranches(Store store) {
        this.store = store;
    }

    @Override
    public String url() {
        return "file://" + store.directory();
    }

    @Override
    public Written create(String branch, ObjectId commit) throws IOException {
        return store.create("refs/heads/" + branch, commit) ? new Written.Fine() : new Written.Taken();
    }

    @Override
    public Written replace(String branch, ObjectId commit) throws IOException {
        store.point("refs/heads/" + branch, commit);
        return new Written.Fine();
    }
}
