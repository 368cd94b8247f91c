package dev.relais.worker.workspace;

import java.util.Locale;

import org.eclipse.jgit.lib.ObjectId;

/** Branches of a repository elsewhere. */
final class PushedBranches implements Branches {
    private final Store store;
    private final String url;
    private final Git git;
    private final Patience patience;

    /** @param store that has what is pushed */
    PushedBranches(Store store, String url, Git git, Patience patience) {
        this.store = store;
        this.url = url;
        this.git = git;
        this.patience = patience;
    }

    @Override
    public String url() {
        return RepositoryUrl.withoutSecrets(url);
    }

    @Override
    public Written create(String branch, ObjectId commit) {
        return push(branch, commit, "--force-with-lease=refs/heads/" + branch + ":");
    }

    @Override
    public Written replace(String branch, ObjectId commit) {
        return push(branch, commit, "--force");
    }

    private Written push(String branch, ObjectId commit, String condition) {
        return switch (patience.ask(url(),
                () -> git.remote(store.directory(), "push", "--porcelain", "--no-verify", condition, "--", url,
                        commit.name() + ":refs/heads/" + branch))) {
            case Git.Ended.Fine _ -> new Written.Fine();
            case Git.Ended.Failed failed when failed.complaint().toLowerCase(Locale.ROOT).contains("stale info") ->
                new Written.Taken();
            case Git.Ended.Failed failed -> new Written.Refused(failed.complaint());
        };
    }
}
