package dev.relais.deploy.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import dev.relais.deploy.e2e.Topic.Message;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

/** Who owned the epochs of some tasks, and how each was lost: rules 2 and 3 read a second time, from the topics alone. */
final class Epochs {
    /** Counted ticks without a record of an owner. */
    private static final int LEASE = 10;

    private final Duration interval;
    private final Map<Integer, List<Message>> journal;
    private final Map<String, List<Message>> dispatches;
    private final Map<Integer, Set<Long>> countedTicks = new TreeMap<>();

    /**
     * @param interval between ticks
     * @param journal of all tasks, with ticks and beats, each partition in its order
     * @param dispatches of these tasks
     */
    Epochs(Duration interval, List<Message> journal, List<Message> dispatches) {
        this.interval = interval;
        this.journal = journal.stream().collect(groupingBy(Message::partition));
        this.dispatches = dispatches.stream()
                .collect(groupingBy(Message::key, TreeMap::new, java.util.stream.Collectors.toList()));
        this.journal.forEach((partition, entries) -> countedTicks.put(partition, counted(entries)));
    }

    /** How an epoch ended that another one followed. */
    enum End {
        YIELDED,
        /** Ten ticks counted in which its owner wrote nothing. */
        SILENT,
        /** Nobody had claimed it when it was dispatched again. */
        UNCLAIMED,
        /** No rule says so. */
        FOR_NO_REASON
    }

    record Lost(String task, int epoch, String owner, End how) {}

    /** @return the tasks whose newest claim is this worker's, and which it has neither concluded nor yielded */
    Set<String> openOf(String worker) {
        var open = new HashSet<String>();
        journal.values()
                .forEach(entries -> entries.stream().filter(entry -> dispatches.containsKey(entry.key())).forEach(entry -> {
                    if (entry.is("run.claimed")) {
                        if (worker.equals(owner(entry))) {
                            open.add(entry.key());
                        } else {
                            open.remove(entry.key());
                        }
                    } else if (entry.is("run.concluded") || entry.is("run.yielded")) {
                        open.remove(entry.key());
                    }
                }));
        return open;
    }

    List<Lost> lost() {
        var lost = new ArrayList<Lost>();
        dispatches.forEach((task, all) -> all.stream().filter(again -> epoch(again) > 1)
                .forEach(again -> lost.add(lost(task, again))));
        return lost;
    }

    void areLostByTheRules() {
        assertThat(lost()).as("epochs lost").noneMatch(each -> each.how() == End.FOR_NO_REASON);
    }

    /** @param again the dispatch of the epoch behind it */
    private Lost lost(String task, Message again) {
        int epoch = epoch(again) - 1;
        List<Message> there = journal.getOrDefault(again.data().path("journalPartition").asInt(), List.of());
        List<Message> claims = there.stream()
                .filter(entry -> entry.isOf(task) && entry.is("run.claimed") && epochOf(entry) == epoch).toList();
        // A dispatch bears the append time of what it was decided on: a claim that stands behind that came too late.
        if (claims.isEmpty() || claims.getFirst().appended() > again.appended()) {
            return new Lost(task, epoch, "", End.UNCLAIMED);
        }
        Message claim = claims.getFirst();
        String owner = owner(claim);
        boolean yielded = there.stream().anyMatch(entry -> entry.isOf(task) && entry.is("run.yielded") && epochOf(entry) == epoch
                && owner(entry).equals(owner));
        End how = yielded
                ? End.YIELDED
                : silence(owner, claim, again.appended(), there) >= LEASE ? End.SILENT : End.FOR_NO_REASON;
        return new Lost(task, epoch, owner, how);
    }

    private int silence(String owner, Message claim, long until, List<Message> there) {
        Set<Long> ticks = countedTicks.getOrDefault(claim.partition(), Set.of());
        int longest = 0;
        int now = 0;
        for (Message entry : there) {
            if (entry.offset() > claim.offset() && entry.appended() <= until) {
                if (owner.equals(entry.key()) || owner.equals(owner(entry))) {
                    now = 0;
                } else if (ticks.contains(entry.offset())) {
                    longest = Math.max(longest, ++now);
                }
            }
        }
        return longest;
    }

    /** Of ticks less than half an interval apart one counts. @return their offsets */
    private Set<Long> counted(Collection<Message> entries) {
        var counted = new HashSet<Long>();
        long last = 0;
        for (Message entry : entries) {
            if (entry.is("clock.ticked") && Math.abs(entry.appended() - last) >= interval.toMillis() / 2) {
                counted.add(entry.offset());
                last = entry.appended();
            }
        }
        return counted;
    }

    /** Whether this worker wrote that it lets go of the task, or that it has done it. */
    boolean isLetGo(String task, String worker) {
        return journal.values().stream().flatMap(List::stream).anyMatch(entry -> entry.isOf(task) && worker.equals(owner(entry))
                && (entry.is("run.yielded") || entry.is("run.concluded")));
    }

    /** One dispatch a task; more only where the log itself shows that an owner was silent for a lease, as one is that a loaded machine starves. */
    void areOneEach() {
        List<Lost> lost = lost();
        if (!lost.isEmpty()) {
            System.out.println("epochs lost though no worker was disturbed: "
                    + lost.stream().map(Lost::toString).collect(joining(", ")));
        }
        assertThat(lost).as("epochs lost").allMatch(each -> each.how() == End.SILENT);
    }

    private static int epoch(Message dispatch) {
        return dispatch.data().path("epoch").asInt();
    }

    private static int epochOf(Message entry) {
        return Integer.parseInt(String.valueOf(entry.headers().get("epoch")));
    }

    private static String owner(Message entry) {
        return entry.headers().getOrDefault("owner", "");
    }
}
