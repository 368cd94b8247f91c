package dev.relais.deploy.crash;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import dev.relais.deploy.crash.Work.Pace;
import dev.relais.deploy.e2e.Fleet;
import dev.relais.deploy.e2e.Topic;
import dev.relais.deploy.e2e.Topic.Message;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.reducing;
import static org.assertj.core.api.Assertions.assertThat;

/** Asks a fleet that was disturbed for every task, every model call and every tree. */
final class Account {
    private static final int LOSSES = 3;

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
        List<String> calm = work.submit("calm", Work.SORTS, Pace.QUICK);
        var outcomes = new Outcomes(fleet.deliverables());
        outcomes.awaitAll(calm, most);
        return new Account(fleet, work, Trees.undisturbed(work, outcomes.deliveredOnceEach(calm)));
    }

    List<String> submit(String prefix, int count) {
        return submit(prefix, count, Pace.QUICK);
    }

    List<String> submit(String prefix, int count, Pace pace) {
        return work.submit(prefix, count, pace);
    }

    /** @param repository that they deliver to; it has no commit yet, as an empty workspace has none */
    List<String> submit(String prefix, int count, String repository) {
        return work.submit(prefix, count, Pace.QUICK, Map.of("workspace", Map.of("repository", repository)));
    }

    void awaitOutcomes(Collection<String> tasks, Duration most) {
        new Outcomes(fleet.deliverables()).awaitAll(tasks, most);
    }

    /**
     * Rule 9 ends a task whose run is lost three times in a row before it has got anywhere: where workers die all the time this meets an innocent one now
     * and then, and nothing else may end it so.
     *
     * @return the tasks that ended so, each with the right to it
     */
    Set<String> poisoned(Collection<String> tasks) {
        Set<String> poisoned = new Outcomes(fleet.deliverables()).poisoned(tasks);
        Topic journal = fleet.topic("journal");
        for (String task : poisoned) {
            var gotSomewhere = journal.now(entry -> entry.isOf(task)).stream()
                    .collect(groupingBy(entry -> Integer.parseInt(String.valueOf(entry.headers().get("epoch"))), TreeMap::new,
                            mapping(entry -> !entry.is("run.claimed") && !entry.is("input.heard"),
                                    reducing(false, Boolean::logicalOr))));
            assertThat(gotSomewhere.descendingMap().values().stream().limit(LOSSES))
                    .as("the last epochs of %s, given up as poison", task)
                    .hasSize(LOSSES).containsOnly(false);
        }
        return poisoned;
    }

    Epochs epochs(Collection<String> tasks) {
        var these = Set.copyOf(tasks);
        return new Epochs(fleet.settings("account").tick(), fleet.topic("journal").now(_ -> true),
                fleet.topic("inbox.backend-dev").now(dispatch -> these.contains(dispatch.key())));
    }

    /** @return calls that were paid twice */
    int settle(Collection<String> tasks) throws IOException {
        epochs(tasks).areLostByTheRules();
        List<Message> delivered = new Outcomes(fleet.deliverables()).deliveredOnceEach(tasks);
        trees.equalTheUndisturbed(delivered);
        var these = Set.copyOf(tasks);
        var calls = new Calls(fleet.asked(), fleet.topic("journal").now(entry -> these.contains(entry.key())),
                fleet.topic("inbox.backend-dev").now(dispatch -> these.contains(dispatch.key())));
        calls.askForNothingThatWasAccepted();
        return calls.repeatOneCallALostEpochAtMost();
    }
}
