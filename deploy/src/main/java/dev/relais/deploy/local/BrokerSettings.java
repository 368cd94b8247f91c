package dev.relais.deploy.local;

import java.nio.file.Path;
import java.util.Properties;

/** What one small broker is told. It listens on the loopback address alone. */
final class BrokerSettings {
    static final int NODE = 1;
    static final String CLIENTS = "PLAINTEXT";
    static final String CONTROLLERS = "CONTROLLER";

    private BrokerSettings() {}

    static Properties of(FreePorts ports, Path log) {
        var settings = new Properties();
        listeners(settings, ports);
        settings.setProperty("log.dirs", log.toString());
        settings.setProperty("auto.create.topics.enable", "false");
        settings.setProperty("num.partitions", "1");
        // Requests may have 4 MiB (rule 12); the topics' own limits hold below that.
        settings.setProperty("message.max.bytes", Integer.toString(5 << 20));
        settings.setProperty("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20));
        settings.setProperty("log.cleaner.threads", "1");
        internalTopics(settings);
        quickDetection(settings);
        return settings;
    }

    /** The same node without its broker, which is fenced as soon as its session is over. */
    static Properties controllerAlone(FreePorts ports, Path log) {
        var settings = new Properties();
        settings.setProperty("process.roles", "controller");
        controller(settings, ports);
        settings.setProperty("listeners", CONTROLLERS + "://127.0.0.1:" + ports.second());
        settings.setProperty("listener.security.protocol.map", CONTROLLERS + ":PLAINTEXT");
        settings.setProperty("log.dirs", log.toString());
        settings.setProperty("broker.session.timeout.ms", "300");
        settings.setProperty("broker.heartbeat.interval.ms", "100");
        return settings;
    }

    private static void controller(Properties settings, FreePorts ports) {
        settings.setProperty("node.id", Integer.toString(NODE));
        settings.setProperty("controller.quorum.voters", NODE + "@127.0.0.1:" + ports.second());
        settings.setProperty("controller.listener.names", CONTROLLERS);
    }

    private static void listeners(Properties settings, FreePorts ports) {
        settings.setProperty("process.roles", "broker,controller");
        controller(settings, ports);
        settings.setProperty("listeners",
                CLIENTS + "://127.0.0.1:" + ports.first() + "," + CONTROLLERS + "://127.0.0.1:" + ports.second());
        settings.setProperty("advertised.listeners", CLIENTS + "://127.0.0.1:" + ports.first());
        settings.setProperty("inter.broker.listener.name", CLIENTS);
        settings.setProperty("listener.security.protocol.map", CONTROLLERS + ":PLAINTEXT," + CLIENTS + ":PLAINTEXT");
    }

    private static void internalTopics(Properties settings) {
        settings.setProperty("offsets.topic.replication.factor", "1");
        settings.setProperty("offsets.topic.num.partitions", "4");
        settings.setProperty("transaction.state.log.replication.factor", "1");
        settings.setProperty("transaction.state.log.min.isr", "1");
        settings.setProperty("transaction.state.log.num.partitions", "4");
        settings.setProperty("share.coordinator.state.topic.replication.factor", "1");
        settings.setProperty("share.coordinator.state.topic.min.isr", "1");
        settings.setProperty("share.coordinator.state.topic.num.partitions", "4");
    }

    /** Groups meet at once, and a member or transaction that died is noticed within seconds, not within 45. */
    private static void quickDetection(Properties settings) {
        settings.setProperty("group.initial.rebalance.delay.ms", "0");
        settings.setProperty("group.min.session.timeout.ms", "1000");
        settings.setProperty("group.share.min.session.timeout.ms", "1000");
        settings.setProperty("group.share.session.timeout.ms", "3000");
        settings.setProperty("group.share.min.heartbeat.interval.ms", "500");
        settings.setProperty("group.share.heartbeat.interval.ms", "500");
        settings.setProperty("group.consumer.min.session.timeout.ms", "1000");
        settings.setProperty("group.consumer.session.timeout.ms", "3000");
        settings.setProperty("group.consumer.min.heartbeat.interval.ms", "500");
        settings.setProperty("group.consumer.heartbeat.interval.ms", "500");
        // What an inbox's group may ask for (worker/docs/0010).
        settings.setProperty("group.share.min.record.lock.duration.ms", "4000");
        settings.setProperty("group.share.max.partition.max.record.locks", "10000");
        settings.setProperty("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
    }
}
