package dev.relais.deploy.simulation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.relais.deploy.simulation.Log.Sent;
import dev.relais.deploy.simulation.Log.Stored;
import dev.relais.schemas.event.CancelRequested;
import dev.relais.schemas.event.ChildId;
import dev.relais.schemas.event.DeadLetter;
import dev.relais.schemas.event.Digest;
import dev.relais.schemas.event.EscalationAnswered;
import dev.relais.schemas.event.MessageSent;
import dev.relais.schemas.event.RequestEvent;
import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.TaskRequested;
import dev.relais.schemas.event.ValidationRequested;
import dev.relais.schemas.event.VerdictGiven;
import dev.relais.schemas.event.WorkDispatched;
import dev.relais.schemas.topic.Shard;
import dev.relais.schemas.wire.EventCodec;
import dev.relais.schemas.wire.EventType;

/** People, other agents and upstream systems: they ask, answer, judge and cancel, say things twice, and hash keys as they like. */
final class Scenario {
    /** From here on nothing fails any more, and all that was asked must come to its end. */
    static final long FAULTS_END = 60_000;
    private static final Digest ANOTHER = new Digest("sha256:" + "0".repeat(64));
    private static final int MOST_CHANGES = 2;
    /** A task that brings its runs down, often and nowhere in particular. */
    private static final String FATAL = "Fais planter ";
    private static final int PERCENT_FAILING = 70;

    private final Site site;
    private final List<TaskId> tasks = new ArrayList<>();
    private final Map<TaskId, Integer> changes = new HashMap<>();
    private final int percentFatal;
    private int events;

    Scenario(Site site) {
        this.site = site;
        site.settings().foreignAgents().forEach(agent -> site.log().read(site.topics().inbox(agent), this::asked));
        site.log().read(site.topics().validations(), this::validation);
        site.log().read(site.topics().deadLetters(), this::buried);
        int count = site.world().between(2, 5);
        percentFatal = site.world().chance(30) ? 80 : 10;
        for (int i = 0; i < count; i++) {
            begin(new TaskId("t" + i));
        }
    }

    /** Whether the run fails at its next step. */
    static boolean isFatal(World world, TaskRequested request) {
        return request.request().startsWith(FATAL) && world.chance(PERCENT_FAILING);
    }

    List<TaskId> tasks() {
        return List.copyOf(tasks);
    }

    private void begin(TaskId task) {
        tasks.add(task);
        World world = site.world();
        boolean isFatal = world.chance(percentFatal);
        var request = new TaskRequested((isFatal ? FATAL : "Fais ") + task, task, Site.AGENT, null, null, world.between(1, 3),
                null, null, List.of(),
                null,
                List.of(), null, null, null, null, List.of(), null, Map.of());
        say(task, request, world.between(0, 15_000), 20);
        if (world.chance(50)) {
            say(task, new MessageSent(task, "Pense à l'index.", "someone"), world.between(1_000, 50_000), 40);
        }
        if (world.chance(30)) {
            say(task, new MessageSent(task, "Et au cache.", "someone"), world.between(1_000, 50_000), 40);
        }
        if (world.chance(8)) {
            say(task, new CancelRequested(task, "no need", "someone"), world.between(1_000, 50_000), 20);
        }
    }

    private void say(TaskId task, RequestEvent event, int delay, int percentTwice) {
        String id = "e" + events++;
        EventType type = EventType.of(event);
        Runnable send = () -> {
            var headers = site.codec().headers(type,
                    new EventCodec.Attributes(id, "upstream", task.value(), site.clock().instant(), Map.of()));
            int partition = site.world().chance(20)
                    ? site.world().between(0, Site.PARTITIONS - 1)
                    : Shard.of(task, Site.PARTITIONS);
            site.world().say("upstream", id + " " + type.wireName() + " of " + task);
            site.log().send("upstream", site.topics().requests(), partition,
                    new Sent(task.value().getBytes(StandardCharsets.UTF_8), site.codec().value(event), headers),
                    site.world().between(1, 50), _ -> {});
        };
        site.world().after(delay, send);
        if (site.world().chance(percentTwice)) {
            site.world().after(delay + site.world().between(1, 9_000), send);
        }
    }

    private void asked(Stored record) {
        site.oracle().published(record);
        if (!Site.text(record, "ce_type").contains("escalation.raised")) {
            return;
        }
        ChildId child = ChildId.parse(Site.text(record, "ce_id"));
        var answer = new EscalationAnswered(child, "Prends PostgreSQL.", null, null);
        say(child.parent(), answer, site.world().between(200, 6_000), 30);
        if (site.world().chance(10)) {
            say(child.parent(), new EscalationAnswered(child, "Plutôt MySQL.", null, null), site.world().between(2_000, 12_000),
                    10);
        }
    }

    private void validation(Stored record) {
        if (!(site.decoded(record) instanceof ValidationRequested asked)) {
            return;
        }
        TaskId task = asked.deliverable().taskId();
        World world = site.world();
        if (world.chance(25)) {
            say(task, new VerdictGiven(task, VerdictGiven.OK, ANOTHER, null, "someone", null), world.between(100, 3_000), 20);
        }
        boolean goesOn = changes.getOrDefault(task, 0) < MOST_CHANGES && world.chance(35);
        String verdict = goesOn ? VerdictGiven.CHANGES : world.chance(8) ? VerdictGiven.REFUSE : VerdictGiven.OK;
        if (goesOn) {
            changes.merge(task, 1, Integer::sum);
        }
        say(task, new VerdictGiven(task, verdict, asked.deliverable().digest(), "Ajoute un test.", "someone", null),
                world.between(300, 6_000), 30);
    }

    private void buried(Stored record) {
        if (site.decoded(record) instanceof DeadLetter letter && letter.reason().equals("processing-failed")) {
            throw new World.Broken("I12: the coordinator met a fault of its own: " + letter.detail());
        }
    }

    /** Work for the workers, seen as it is put there. */
    void dispatchInto(Inbox inbox) {
        site.log().read(site.topics().inbox(Site.AGENT), record -> {
            if (site.decoded(record) instanceof WorkDispatched work) {
                site.oracle().dispatched(work);
                inbox.add(record);
            }
        });
        site.log().read(site.topics().deliverables(Site.AGENT), site.oracle()::published);
    }
}
