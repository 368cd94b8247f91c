package dev.relais.deploy.local;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.ObjectName;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.utils.Time;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class LastLifeTest {
    private static final String ACTIVE = "ActiveBrokerCount";
    private static final String FENCED = "FencedBrokerCount";

    /** What kill -9 leaves is what the files hold while the node runs. */
    @Test
    void aKilledNodeIsFencedBeforeItLivesAgain(@TempDir Path data, @TempDir Path left, @TempDir Path leftToo) throws Exception {
        try (var _ = EmbeddedBroker.start(0, data)) {
            copy(data.resolve("kafka"), left);
            copy(data.resolve("kafka"), leftToo);
        }
        assertThat(known(leftToo)).as("it leads by the word of its last life").isEqualTo(ACTIVE);

        LastLife.end(FreePorts.find(), left);
        assertThat(known(left)).isEqualTo(FENCED);
    }

    @Test
    void aNodeThatEndedInOrderHasFencedItself(@TempDir Path data) throws Exception {
        EmbeddedBroker.start(0, data).close();
        assertThat(known(data.resolve("kafka"))).isEqualTo(FENCED);
    }

    @Test
    void aNodeThatWasKilledBeforeItRegisteredIsStarted(@TempDir Path data) throws Exception {
        EmbeddedBroker.start(0, data).close();
        Files.delete(data.resolve("kafka").resolve(".kafka_cleanshutdown"));
        // As new, but that its metadata has been begun.
        try (var files = Files.list(data.resolve("kafka").resolve("__cluster_metadata-0"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        try (var broker = EmbeddedBroker.start(0, data);
                var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            assertThat(admin.describeCluster().nodes().get()).hasSize(1);
        }
    }

    /** How the node's controller knows its broker, while no session runs out. */
    private static String known(Path log) throws IOException, JMException {
        FreePorts ports = FreePorts.find();
        Properties settings = BrokerSettings.controllerAlone(ports, log);
        settings.setProperty("broker.session.timeout.ms", Long.toString(Duration.ofHours(1).toMillis()));
        var controller = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
        controller.startup();
        try {
            await().atMost(Duration.ofMinutes(1)).until(() -> count(ACTIVE) + count(FENCED) == 1);
            return count(ACTIVE) == 1 ? ACTIVE : FENCED;
        } finally {
            controller.shutdown();
            controller.awaitShutdown();
        }
    }

    private static int count(String name) throws JMException {
        try {
            return (Integer) ManagementFactory.getPlatformMBeanServer()
                    .getAttribute(new ObjectName("kafka.controller:type=KafkaController,name=" + name), "Value");
        } catch (InstanceNotFoundException _) {
            return 0;
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var paths = Files.walk(from)) {
            for (Path path : paths.filter(found -> !found.equals(from)).toList()) {
                Path copy = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(copy);
                } else if (!path.toString().endsWith(".tmp")) {
                    Files.copy(path, copy);
                }
            }
        }
    }
}
