package dev.relais.schemas.setting;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.topic.TopicPlan;
import dev.relais.schemas.topic.Topics;

/**
 * What one process was told, validated. The same names hold for every part.
 *
 * @param instance stable name of the process; a worker's id is this plus a start nonce
 * @param managementPort 0 takes any free one
 * @param agents played by Relais workers
 * @param foreignAgents played by others; with {@code agents} the closed registry (rule 9)
 * @param sandbox auto, bwrap or none
 * @param sandboxRead folders that commands may read besides the system
 * @param sandboxNetwork none, or open: whether a task may ask for the network
 * @param tick behind tick, beat, lease and unclaimed
 * @param workspaceRemote where snapshots go; empty for a bare repository in the data directory
 * @param kafka client properties passed through from {@code RELAIS_KAFKA_*}
 */
public record Settings(String bootstrapServers, Topics topics, String instance, Path dataDir, int httpPort, int managementPort,
        Optional<Path> persona, List<AgentName> agents, List<AgentName> foreignAgents, String sandbox, List<Path> sandboxRead,
        String sandboxNetwork,
        Duration tick,
        int partitions,
        short replication, int concurrency, Optional<String> workspaceRemote, Optional<Path> prices,
        Optional<String> anthropicApiKey,
        Optional<URI> anthropicBaseUrl, Map<String, String> kafka) implements TopicPlan.Choices {

    public Settings {
        agents = List.copyOf(agents);
        foreignAgents = List.copyOf(foreignAgents);
        sandboxRead = List.copyOf(sandboxRead);
        kafka = Map.copyOf(kafka);
    }

    /** What loading came to: every problem at once, or settings. */
    public sealed interface Loaded {
        record Valid(Settings settings) implements Loaded {}

        record Refused(List<String> problems) implements Loaded {}
    }

    /**
     * Reads the environment, and the properties file that {@code RELAIS_CONFIG} or {@code file} names; the environment wins. A name that
     * begins with {@code RELAIS_} and is not known refuses the start, with the nearest known one as a suggestion.
     */
    public static Loaded load(Map<String, String> environment, @Nullable Path file) {
        return new SettingsReader(environment, file).read();
    }

    /** Secrets never reach a log by way of this. */
    @Override
    public String toString() {
        return "Settings[bootstrapServers=" + bootstrapServers + ", namespace=" + topics.namespace() + ", instance=" + instance
                + ", dataDir="
                + dataDir + ", agents=" + agents + ", foreignAgents=" + foreignAgents + ", sandbox=" + sandbox + ", tick=" + tick
                + ", partitions="
                + partitions + ", concurrency=" + concurrency + ", anthropicApiKey="
                + (anthropicApiKey.isPresent() ? "set" : "not set")
                + ", anthropicBaseUrl=" + anthropicBaseUrl.map(URI::getHost).orElse("default") + "]";
    }
}
