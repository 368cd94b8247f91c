package dev.relais.schemas.topic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jspecify.annotations.Nullable;

import dev.relais.schemas.event.AgentName;

/**
 * Every topic of a namespace with its settings, and the share groups' (DESIGN: the table of topics). Applying it creates what is missing and
 * mends settings that differ; it never removes anything and never changes a partition count, because a task's shard depends on it.
 */
public final class TopicPlan {
    private static final int MIB = 1 << 20;
    private final List<Planned> topics;
    private final List<String> shareGroups;
    private final short replication;

    private TopicPlan(List<Planned> topics, List<String> shareGroups, short replication) {
        this.topics = List.copyOf(topics);
        this.shareGroups = List.copyOf(shareGroups);
        this.replication = replication;
    }

    /** A topic as it should be. */
    public record Planned(String name, int partitions, Map<String, String> settings) {
        public Planned {
            settings = Map.copyOf(settings);
        }
    }

    /** What applying the plan came to. {@code conflicts} say what stands in the way and what to do. */
    public record Applied(List<String> created, List<String> altered, List<String> conflicts) {
        public Applied {
            created = List.copyOf(created);
            altered = List.copyOf(altered);
            conflicts = List.copyOf(conflicts);
        }
    }

    /** What a plan depends on. The settings of a process are such choices; this package imports nothing of theirs. */
    public interface Choices {
        Topics topics();

        /** Played by Relais workers, through share groups. */
        List<AgentName> agents();

        /** Played by others: their inboxes are read by any consumer. */
        List<AgentName> foreignAgents();

        /** The coordinator's shards. */
        int partitions();

        short replication();
    }

    public static TopicPlan of(Choices settings) {
        Topics names = settings.topics();
        int shards = settings.partitions();
        var all = new ArrayList<AgentName>(settings.agents());
        all.addAll(settings.foreignAgents());
        var topics = new ArrayList<Planned>();
        topics.add(new Planned(names.requests(), shards, kept(Duration.ofDays(7), 4 * MIB, true)));
        topics.add(new Planned(names.journal(), shards, kept(Duration.ofDays(30), 2 * MIB, true)));
        topics.add(new Planned(names.validations(), shards, kept(Duration.ofDays(30), 2 * MIB, false)));
        topics.add(new Planned(names.tasks(), shards,
                Map.of("cleanup.policy", "compact", "max.message.bytes", Integer.toString(2 * MIB))));
        topics.add(new Planned(names.control(), 1, kept(Duration.ofDays(1), MIB, false)));
        topics.add(new Planned(names.deadLetters(), 1, kept(Duration.ofDays(90), 2 * MIB, false)));
        for (AgentName agent : all) {
            // Stamped: how old work is in the inbox is told by when it got there, not by when its task was asked for (rule 2).
            topics.add(new Planned(names.inbox(agent), 1, kept(Duration.ofDays(7), 2 * MIB, true)));
            topics.add(new Planned(names.deliverables(agent), shards, kept(Duration.ofDays(30), 2 * MIB, false)));
        }
        return new TopicPlan(topics, settings.agents().stream().map(names::inboxGroup).toList(), settings.replication());
    }

    private static Map<String, String> kept(Duration retention, int maxBytes, boolean stamped) {
        var settings = new HashMap<String, String>();
        settings.put("cleanup.policy", "delete");
        settings.put("retention.ms", Long.toString(retention.toMillis()));
        settings.put("max.message.bytes", Integer.toString(maxBytes));
        if (stamped) {
            settings.put("message.timestamp.type", "LogAppendTime");
        }
        return settings;
    }

    public List<Planned> topics() {
        return topics;
    }

    public List<String> shareGroups() {
        return shareGroups;
    }

    /** Group settings (KIP-932): without them a share group starts at the end of the inbox and reads aborted records. */
    public static Map<String, String> shareGroupSettings() {
        return Map.of("share.auto.offset.reset", "earliest", "share.isolation.level", "read_committed");
    }

    /** @throws ExecutionException as the broker says; its cause names what it refused */
    public Applied apply(Admin admin) throws ExecutionException, InterruptedException {
        var existing = existing(admin);
        var created = create(admin, existing);
        var conflicts = new ArrayList<String>();
        for (Planned planned : topics) {
            TopicDescription found = existing.get(planned.name());
            if (found != null && found.partitions().size() != planned.partitions()) {
                conflicts.add("topic " + planned.name() + " has " + found.partitions().size() + " partitions and the plan says "
                        + planned.partitions() + ": set RELAIS_PARTITIONS to what exists, or use another RELAIS_NAMESPACE");
            }
        }
        var altered = new TreeSet<>(alter(admin, created));
        altered.addAll(InboxLocks.apply(admin, shareGroups));
        return new Applied(created, List.copyOf(altered), conflicts);
    }

    private Map<String, TopicDescription> existing(Admin admin) throws ExecutionException, InterruptedException {
        var there = admin.listTopics().names().get();
        var ours = topics.stream().map(Planned::name).filter(there::contains).toList();
        return admin.describeTopics(ours).allTopicNames().get();
    }

    private List<String> create(Admin admin, Map<String, TopicDescription> existing)
            throws ExecutionException, InterruptedException {
        var missing = topics.stream().filter(planned -> !existing.containsKey(planned.name())).toList();
        var results = admin.createTopics(
                missing.stream()
                        .map(planned -> new NewTopic(planned.name(), planned.partitions(), replication)
                                .configs(planned.settings()))
                        .toList())
                .values();
        var created = new ArrayList<String>();
        for (Planned planned : missing) {
            try {
                Objects.requireNonNull(results.get(planned.name()), "the broker answers for every topic").get();
                created.add(planned.name());
            } catch (ExecutionException e) {
                // Another part started at the same moment and was faster: that is what idempotent means here.
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
        return created;
    }

    private List<String> alter(Admin admin, Collection<String> created) throws ExecutionException, InterruptedException {
        var wanted = new TreeMap<ConfigResource, Map<String, String>>(
                (a, b) -> (a.type() + a.name()).compareTo(b.type() + b.name()));
        topics.stream().filter(planned -> !created.contains(planned.name()))
                .forEach(
                        planned -> wanted.put(new ConfigResource(ConfigResource.Type.TOPIC, planned.name()), planned.settings()));
        shareGroups.forEach(group -> wanted.put(new ConfigResource(ConfigResource.Type.GROUP, group), shareGroupSettings()));
        return mend(admin, wanted);
    }

    /** @return names of what differed from what is wanted, and does no longer */
    static List<String> mend(Admin admin, Map<ConfigResource, Map<String, String>> wanted)
            throws ExecutionException, InterruptedException {
        Map<ConfigResource, Config> found = admin.describeConfigs(wanted.keySet()).all().get();
        var changes = new HashMap<ConfigResource, Collection<AlterConfigOp>>();
        wanted.forEach((resource, settings) -> {
            var differing = differing(settings, found.get(resource));
            if (!differing.isEmpty()) {
                changes.put(resource, differing);
            }
        });
        admin.incrementalAlterConfigs(changes).all().get();
        return changes.keySet().stream().map(ConfigResource::name).sorted().collect(Collectors.toList());
    }

    private static Collection<AlterConfigOp> differing(Map<String, String> wanted, @Nullable Config found) {
        var changes = new ArrayList<AlterConfigOp>();
        wanted.forEach((name, value) -> {
            ConfigEntry entry = found == null ? null : found.get(name);
            if (entry == null || !value.equals(entry.value())) {
                changes.add(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET));
            }
        });
        return changes;
    }
}
