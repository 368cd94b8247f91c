package dev.relais.deploy.local;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.ObjectName;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;

/**
 * Ends the last life of a node that was killed, before it lives again (deploy/docs/0001): its own controller, alone and with a short session, fences
 * it. Otherwise it would lead its partitions by the word of its last life, and lose them all when that one's session runs out.
 */
final class LastLife {
    private static final String FENCED = "FencedBrokerCount";
    private static final String ACTIVE = "ActiveBrokerCount";
    private static final Duration MOST = Duration.ofMinutes(1);
    /** A node that was killed while it started for the first time has registered nothing that could be fenced. */
    private static final Duration TO_KNOW_SOMEBODY = Duration.ofSeconds(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private LastLife() {}

    /** Does nothing for a new node, and nothing for one that ended in order: it has fenced itself. */
    static void end(FreePorts ports, Path log) throws IOException {
        if (!Files.exists(log.resolve("__cluster_metadata-0")) || Files.exists(log.resolve(".kafka_cleanshutdown"))) {
            return;
        }
        var controller = new KafkaRaftServer(new KafkaConfig(BrokerSettings.controllerAlone(ports, log), false), Time.SYSTEM);
        controller.startup();
        try {
            awaitFenced(log);
        } finally {
            controller.shutdown();
            controller.awaitShutdown();
        }
    }

    private static void awaitFenced(Path log) throws IOException {
        long begin = System.nanoTime();
        while (brokers(FENCED) == 0) {
            long waited = System.nanoTime() - begin;
            if (waited > TO_KNOW_SOMEBODY.toNanos() && brokers(ACTIVE) == 0) {
                return;
            }
            if (waited > MOST.toNanos()) {
                throw new IOException("the node of " + log + " was killed, and its controller did not fence its last life within "
                        + MOST.toSeconds() + " s: start it again, or with another directory");
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("stopped while the broker's last life is ended");
            }
        }
    }

    /** The controller tells it by its metrics alone, which it registers while it starts. */
    private static int brokers(String count) throws IOException {
        try {
            return (Integer) ManagementFactory.getPlatformMBeanServer()
                    .getAttribute(new ObjectName("kafka.controller:type=KafkaController,name=" + count), "Value");
        } catch (InstanceNotFoundException _) {
            return 0;
        } catch (JMException e) {
            throw new IOException("the controller's metrics cannot be read: " + e, e);
        }
    }
}
