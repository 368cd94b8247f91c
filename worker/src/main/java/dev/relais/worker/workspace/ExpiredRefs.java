package dev.relais.worker.workspace;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.revwalk.RevWalk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Snapshots of tasks that nobody can resume any more: here, and on the remote those that this machine pushed. What the remote does not remove stays here
 * too, for another try. Deliverables' branches stay.
 */
final class ExpiredRefs {
    /** Names in one command. */
    private static final int AT_ONCE = 100;

    private static final Logger LOG = LoggerFactory.getLogger(ExpiredRefs.class);

    private final Snapshots.Home home;
    private final AtomicBoolean saidRefused = new AtomicBoolean();

    ExpiredRefs(Snapshots.Home home) {
        this.home = home;
    }

    void remove(Instant before) throws IOException {
        List<Ref> own = expired(Snapshots.REFS, before);
        for (int from = 0; from < own.size(); from += AT_ONCE) {
            remove(own.subList(from, Math.min(from + AT_ONCE, own.size())));
        }
        for (Ref fetched : expired(Snapshots.FETCHED, before)) {
            delete(fetched);
        }
    }

    private void remove(List<Ref> refs) throws IOException {
        if (home.remote().isPresent()) {
            var command = new ArrayList<>(List.of("push", "--quiet", "--no-verify", "--", home.remote().get()));
            refs.forEach(ref -> command.add(":" + ref.getName()));
            // A ref that is not there any more is no failure, but a warning.
            if (home.git().remote(home.store().directory(),
                    command.toArray(
                            String[]::new)) instanceof Git.Ended.Failed(GitFailureRule.Failure failure, String complaint)) {
                kept(failure, complaint);
                return;
            }
        }
        for (Ref ref : refs) {
            delete(ref);
        }
    }

    /** As long as they are here, they are asked to go there too. */
    private void kept(GitFailureRule.Failure failure, String complaint) throws IOException {
        if (failure == GitFailureRule.Failure.AWAY) {
            throw new IOException("the workspace remote is away: " + complaint);
        }
        if (!saidRefused.getAndSet(true)) {
            LOG.warn(
                    "The workspace remote removes no snapshots that are too old, so that they stay there and here; its user has to be allowed"
                            + " to delete {}*. Tried again each hour, said once: {}",
                    Snapshots.REFS, complaint);
        }
    }

    private List<Ref> expired(String prefix, Instant before) throws IOException {
        var expired = new ArrayList<Ref>();
        try (var walk = new RevWalk(home.store().repository())) {
            for (Ref ref : home.store().repository().getRefDatabase().getRefsByPrefix(prefix)) {
                if (isExpired(walk, ref, before)) {
                    expired.add(ref);
                }
            }
        }
        return expired;
    }

    private static boolean isExpired(RevWalk walk, Ref ref, Instant before) throws IOException {
        try {
            return walk.parseCommit(ref.getObjectId()).getCommitterIdent().getWhenAsInstant().isBefore(before);
        } catch (MissingObjectException e) {
            // A fetch that was cut off: nobody can restore it.
            return true;
        }
    }

    private void delete(Ref ref) throws IOException {
        RefUpdate update = home.store().repository().updateRef(ref.getName());
        update.setForceUpdate(true);
        update.disableRefLog();
        update.delete();
    }
}
