package dev.relais.deploy.crash;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.relais.deploy.e2e.Fleet;
import dev.relais.deploy.e2e.Topic.Message;

/** Asks a fleet that was disturbed for every task, every model call and every tree. */
final class Account {
    private final Fleet fleet;
    private final Work work;
    private final Trees trees;

    private Account(Fleet fleet, Work work, Trees trees) {
        this.fleet = fleet;
        this.work = work;
        this.trees = trees;
    }

    /** Runs one task of each sort while nothing is disturbed, to know their trees. */
    static Account open(Fleet fleet, Duration most) throws IOException {
        var work = new Work(fleet);
        List<String> calm = work.submit("calm", Work.SORTS);
        var outcomes = new Outcomes(fleet.deliverables());
        outcomes.awaitAll(calm, most);
        return new Account(fleet, work, Trees.undisturbed(work, outcomes.deliveredOnceEach(calm)));
    }

    List<String> submit(String prefix, int count) {
        return work.submit(prefix, count);
    }

    /** @param repository that they deliver to; it has no commit yet, as an empty workspace has none */
    List<String> submit(String prefix, int count, String repository) {
        return work.submit(prefix, count, Map.of("workspace", Map.of("repository", repository)));
    }

    void awaitOutcomes(Collection<String> tasks, Duration most) {
        new Outcomes(fleet.deliverables()).awaitAll(tasks, most);
    }

    /** @return calls that were paid twice */
    int settle(Collection<String> tasks) throws IOException {
        List<Message> delivered = new Outcomes(fleet.deliverables()).deliveredOnceEach(tasks);
        trees.equalTheUndisturbed(delivered);
        var these = Set.copyOf(tasks);
        var calls = new Calls(fleet.asked(), fleet.topic("journal").now(entry -> these.contains(entry.key())),
                fleet.topic("inbox.backend-dev").now(dispatch -> these.contains(dispatch.key())));
        calls.askForNothingThatWasAccepted();
        return calls.repeatOneCallALostEpochAtMost();
    }
}
