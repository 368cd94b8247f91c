package dev.relais.schemas.topic;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long a share group may lock a record of an inbox, and how far locks may lie apart: as short and as far as the broker lets a group say, because
 * whoever holds one record for longer than milliseconds holds up all that stands {@code share.partition.max.record.locks} offsets behind it
 * (worker/docs/0010). KIP-932.
 */
final class InboxLocks {
    /**
     * Longer than the three seconds from which on a worker asks for its grant: what it takes as fresh is then still its own, and nobody else's as well.
     */
    static final Duration SHORTEST = Duration.ofSeconds(4);
    /** More than any broker allows. */
    private static final int MOST = 10_000;
    private static final Logger LOG = LoggerFactory.getLogger(InboxLocks.class);

    private InboxLocks() {}

    /** Group settings; none of them where this client may not read what the broker allows. */
    static Map<String, String> settings(Admin admin) throws ExecutionException, InterruptedException {
        Node any = admin.describeCluster().nodes().get().iterator().next();
        var broker = new ConfigResource(ConfigResource.Type.BROKER, any.idString());
        try {
            return within(Objects.requireNonNull(admin.describeConfigs(List.of(broker)).all().get().get(broker),
                    "the broker answers for what it is asked"));
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof AuthorizationException)) {
                throw e;
            }
            LOG.warn(
                    "What the brokers allow share groups may not be read ({}): set share.record.lock.duration.ms of the inboxes' groups to the least "
                            + "that they allow and share.partition.max.record.locks to the most",
                    e.getCause().getMessage());
            return Map.of();
        }
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
                    Integer.toString(Math.min(MOST, Integer.parseInt(most.value()))));
        }
        return settings;
    }
}
