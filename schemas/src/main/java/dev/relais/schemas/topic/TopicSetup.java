package dev.relais.schemas.topic;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.utils.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the topics where nobody did yet, and waits for a broker that is not there, or has no name yet: start-up order does not matter. */
public final class TopicSetup {
    private static final Logger LOG = LoggerFactory.getLogger(TopicSetup.class);
    /** How long one attempt waits, and so the pause between two lines of the log. */
    private static final Duration ATTEMPT = Duration.ofSeconds(10);
    private static final Duration BETWEEN_LOOK_UPS = Duration.ofSeconds(1);

    private final TopicPlan plan;
    private final String brokers;
    private final Map<String, Object> properties;
    private final Predicate<String> isKnown;
    private final Duration betweenLookUps;

    /** What the setup came to. */
    public sealed interface Outcome {
        /** All topics are as planned. */
        record Ready() implements Outcome {}

        /** What stands in the way, and what to do. */
        record Refused(List<String> problems) implements Outcome {
            public Refused {
                problems = List.copyOf(problems);
            }
        }
    }

    /**
     * @param brokers host:port, comma between
     * @param kafka properties of any Kafka client, over those that this class sets, but for the address
     */
    public TopicSetup(TopicPlan plan, String brokers, Map<String, String> kafka) {
        this(plan, brokers, kafka, TopicSetup::isKnown, BETWEEN_LOOK_UPS);
    }

    /** @param isKnown whether a host has an address now */
    TopicSetup(TopicPlan plan, String brokers, Map<String, String> kafka, Predicate<String> isKnown, Duration betweenLookUps) {
        this.plan = plan;
        this.brokers = brokers;
        this.isKnown = isKnown;
        this.betweenLookUps = betweenLookUps;
        properties = new HashMap<>(Map.of(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ATTEMPT.toMillis(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) ATTEMPT.toMillis()));
        properties.putAll(kafka);
        properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
    }

    public Outcome await() throws InterruptedException {
        while (true) {
            awaitName();
            try (Admin admin = Admin.create(properties)) {
                return await(admin);
            } catch (KafkaException e) {
                if (hasName()) {
                    return new Outcome.Refused(
                            List.of("no client can be made for the broker at " + brokers + ": " + rootOf(e).getMessage()));
                }
            }
        }
    }

    /** A client can only be made where a name is known. Names come and go with what bears them: containers, pods. */
    private void awaitName() throws InterruptedException {
        while (!hasName()) {
            LOG.warn("No address is known for the broker at {} yet", brokers);
            TimeUnit.NANOSECONDS.sleep(betweenLookUps.toNanos());
        }
    }

    private Outcome await(Admin admin) throws InterruptedException {
        while (true) {
            try {
                List<String> conflicts = plan.apply(admin).conflicts();
                return conflicts.isEmpty() ? new Outcome.Ready() : new Outcome.Refused(conflicts);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof RetriableException)) {
                    return new Outcome.Refused(List.of("the topics cannot be made: " + e.getCause()));
                }
                LOG.warn("The broker at {} does not answer yet: {}", brokers, String.valueOf(e.getCause()));
            }
        }
    }

    /** Also where nothing can be looked up because it is no address: the client says what is wrong with it. */
    private boolean hasName() {
        return Arrays.stream(brokers.split(",")).map(broker -> Utils.getHost(broker.strip()))
                .anyMatch(host -> host == null || isKnown.test(host));
    }

    private static boolean isKnown(String host) {
        try {
            return InetAddress.getAllByName(host).length > 0;
        } catch (UnknownHostException _) {
            return false;
        }
    }

    private static Throwable rootOf(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
