package dev.relais.deploy.local;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** One Kafka node, broker and controller, in this process, from Maven jars. For the demo, tests and a developer's machine. */
public final class EmbeddedBroker implements AutoCloseable {
    /** "RelaisLocalStack": the same at every start, so that a data directory is recognised again. */
    private static final String CLUSTER = "UmVsYWlzTG9jYWxTdGFjaw";

    private final KafkaRaftServer server;
    private final int port;

    private EmbeddedBroker(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts a node and returns when it takes requests.
     *
     * @param port of the loopback address; 0 for any free one
     * @param data directory, made where it is missing; what it holds from an earlier start is there again
     * @throws IOException naming the port or directory that cannot be had, and what to do
     */
    public static EmbeddedBroker start(int port, Path data) throws IOException {
        var free = FreePorts.find();
        var ports = port == 0 ? free : new FreePorts(port, free.second());
        FreePorts.mustBeFree(ports.first());
        Path log = Files.createDirectories(data.toAbsolutePath().resolve("kafka"));
        format(log);
        LastLife.end(ports, log);
        Properties settings = BrokerSettings.of(ports, log);
        var server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
        server.startup();
        return new EmbeddedBroker(server, ports.first());
    }

    public int port() {
        return port;
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    /** Blocks until the node ends. */
    public void await() {
        server.awaitShutdown();
    }

    private static void format(Path log) throws IOException {
        try {
            new Formatter().setClusterId(CLUSTER).setNodeId(BrokerSettings.NODE)
                    .setControllerListenerName(BrokerSettings.CONTROLLERS)
                    .setMetadataLogDirectory(log.toString()).setDirectories(List.of(log.toString())).setIgnoreFormatted(true)
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)).run();
        } catch (Exception e) {
            throw new IOException("the broker's directory " + log + " cannot be prepared (" + e.getMessage()
                    + "): it must be writable, and empty or a broker's of Relais", e);
        }
    }
}
