package dev.relais.schemas.topic;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long a share group may lock a record of an inbox, and how far locks may lie apart: as short and as far as the brokers let a group say, because
 * whoever holds one record for longer than milliseconds holds up all that stands {@code share.partition.max.record.locks} offsets behind it
 * (worker/docs/0010). KIP-932.
 *
 * <p>A wish, and no condition: without it an inbox works, and stands still for longer where a record is held. So what is refused is warned of.
 */
public final class InboxLocks {
    /** Longer than the three seconds from which on a worker asks for its grant: what it takes as fresh is then still its own, and nobody else's as well. */
    private static final Duration SHORTEST = Duration.ofSeconds(4);
    /** Kafka's own bound. */
    private static final int FARTHEST = 10_000;
    private static final Logger LOG = LoggerFactory.getLogger(InboxLocks.class);

    private InboxLocks() {}

    /**
     * @return the groups whose settings were changed
     * @throws ExecutionException as the broker says, but for what it does not allow
     */
    static List<String> apply(Admin admin, Collection<String> groups) throws ExecutionException, InterruptedException {
        if (groups.isEmpty()) {
            return List.of();
        }
        Node any = admin.describeCluster().nodes().get().iterator().next();
        var broker = new ConfigResource(ConfigResource.Type.BROKER, any.idString());
        try {
            Config found = admin.describeConfigs(List.of(broker)).all().get().get(broker);
            return set(admin, groups, within(Objects.requireNonNull(found, "the broker answers for what it is asked")));
        } catch (ExecutionException e) {
            return refused(e);
        }
    }

    /**
     * What the broker that was asked allows, the controller may refuse: it judges by settings of its own.
     *
     * @return the groups whose settings were changed; none where that is refused
     * @throws ExecutionException as the broker says, but for what it does not allow
     */
    public static List<String> set(Admin admin, Collection<String> groups, Map<String, String> locks)
            throws ExecutionException, InterruptedException {
        var wanted = groups.stream()
                .collect(Collectors.toMap(group -> new ConfigResource(ConfigResource.Type.GROUP, group), _ -> locks));
        try {
            return TopicPlan.mend(admin, wanted);
        } catch (ExecutionException e) {
            return refused(e);
        }
    }

    private static List<String> refused(ExecutionException why) throws ExecutionException {
        if (!(why.getCause() instanceof AuthorizationException || why.getCause() instanceof InvalidConfigurationException)) {
            throw why;
        }
        LOG.warn(
                "The inboxes' locks stay as they are ({}): a record that nobody acknowledges may hold one up for as long as they last. Set "
                        + "share.record.lock.duration.ms of the inboxes' groups to 4000 and share.partition.max.record.locks to 10000, or as near as "
                        + "group.share.min.record.lock.duration.ms and group.share.max.partition.max.record.locks of brokers and controllers allow",
                String.valueOf(why.getCause().getMessage()));
        return List.of();
    }

    /** @param broker its settings; of one that knows nothing of share groups none follow */
    static Map<String, String> within(Config broker) {
        var settings = new HashMap<String, String>();
        ConfigEntry least = broker.get("group.share.min.record.lock.duration.ms");
        if (least != null) {
            long millis = Math.max(SHORTEST.toMillis(), Long.parseLong(least.value()));
            settings.put("share.record.lock.duration.ms", Long.toString(millis));
        }
        ConfigEntry most = broker.get("group.share.max.partition.max.record.locks");
        if (most != null) {
            settings.put("share.partition.max.record.locks",
                    Integer.toString(Math.min(FARTHEST, Integer.parseInt(most.value()))));
        }
        return settings;
    }
}
