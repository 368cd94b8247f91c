package dev.relais.schemas.setting;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.setting.Settings.Loaded;
import dev.relais.schemas.topic.Topics;

import static org.assertj.core.api.Assertions.assertThat;

final class SettingsTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void defaults() {
        assertThat(valid(Map.of("HOSTNAME", "build-3"))).isEqualTo(new Settings("localhost:9092", new Topics("relais."),
                "build-3",
                Path.of(System.getProperty("user.home"), ".relais"), 0, 0, Optional.empty(), agents("backend-dev"),
                agents("architecte", "securite", "frontend-dev", "chef-equipe"), "auto", List.of(), "none", Duration.ofSeconds(1),
                8,
                (short) 1, 256,
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of()));
    }

    @Test
    void fullMapping() {
        var environment = new HashMap<String, String>();
        environment.put("KAFKA_BOOTSTRAP_SERVERS", "kafka-1:9092,kafka-2:9092");
        environment.put("RELAIS_NAMESPACE", "shop");
        environment.put("RELAIS_INSTANCE", "worker-1");
        environment.put("RELAIS_DATA_DIR", "/var/lib/relais");
        environment.put("RELAIS_HTTP_PORT", "8080");
        environment.put("RELAIS_MANAGEMENT_PORT", "9464");
        environment.put("RELAIS_PERSONA", "/etc/relais/backend-dev.md");
        environment.put("RELAIS_AGENTS", "backend-dev, frontend-dev");
        environment.put("RELAIS_FOREIGN_AGENTS", "chef-equipe");
        environment.put("RELAIS_SANDBOX", "none");
        environment.put("RELAIS_SANDBOX_NETWORK", "open");
        environment.put("RELAIS_SANDBOX_READ", "/opt/jdk, /var/cache/m2");
        environment.put("RELAIS_TICK", "100ms");
        environment.put("RELAIS_PARTITIONS", "16");
        environment.put("RELAIS_REPLICATION", "3");
        environment.put("RELAIS_CONCURRENCY", "5000");
        environment.put("RELAIS_WORKSPACE_REMOTE", "https://git.example.org/snapshots.git");
        environment.put("RELAIS_PRICES", "/etc/relais/prices.yaml");
        environment.put("ANTHROPIC_API_KEY", "sk-secret");
        environment.put("ANTHROPIC_BASE_URL", "http://localhost:8089");
        environment.put("RELAIS_KAFKA_SECURITY_PROTOCOL", "SASL_SSL");
        assertThat(valid(environment)).isEqualTo(new Settings("kafka-1:9092,kafka-2:9092", new Topics("shop."), "worker-1",
                Path.of("/var/lib/relais"), 8080, 9464, Optional.of(Path.of("/etc/relais/backend-dev.md")),
                agents("backend-dev", "frontend-dev"), agents("chef-equipe"), "none",
                List.of(Path.of("/opt/jdk"), Path.of("/var/cache/m2")), "open", Duration.ofMillis(100), 16, (short) 3, 5000,
                Optional.of("https://git.example.org/snapshots.git"), Optional.of(Path.of("/etc/relais/prices.yaml")),
                Optional.of("sk-secret"), Optional.of(URI.create("http://localhost:8089")),
                Map.of("security.protocol", "SASL_SSL")));
    }

    @Test
    void unknownNameIsRefusedWithTheNearestOne() {
        assertThat(problems(Map.of("RELAIS_TIK", "1s")))
                .containsExactly("RELAIS_TIK (environment) is no setting of Relais; did you mean \"RELAIS_TICK\"?");
    }

    @Test
    void everyProblemIsToldAtOnce() {
        assertThat(problems(Map.of("RELAIS_TICK", "soon", "RELAIS_PARTITIONS", "0", "RELAIS_SANDBOX", "docker", "RELAIS_AGENTS",
                "Backend Dev", "RELAIS_CONCURENCY", "8"))).hasSize(5).allMatch(problem -> problem.startsWith("RELAIS_"));
    }

    @ParameterizedTest
    @CsvSource({"RELAIS_TICK,soon", "RELAIS_TICK,1ms", "RELAIS_TICK,P99999999999D", "RELAIS_PARTITIONS,0",
            "RELAIS_PARTITIONS,eight",
            "RELAIS_MANAGEMENT_PORT,65536", "RELAIS_SANDBOX,docker", "RELAIS_SANDBOX_READ,opt/jdk", "RELAIS_SANDBOX_NETWORK,host",
            "RELAIS_AGENTS,Backend",
            "RELAIS_AGENTS,','",
            "RELAIS_NAMESPACE,a/b", "RELAIS_INSTANCE,a b", "ANTHROPIC_BASE_URL,localhost:8089", "RELAIS_REPLICATION,10"})
    void badValueIsNamedWithItsSetting(String name, String value) {
        assertThat(problems(Map.of(name, value))).singleElement().asString().startsWith(name + ": \"").contains("is not");
    }

    @ParameterizedTest
    @CsvSource({"1s,1000", "250ms,250", "500,500", "PT2S,2000"})
    void tickReadsEveryNotation(String text, long millis) {
        assertThat(valid(Map.of("RELAIS_TICK", text)).tick()).hasMillis(millis);
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void everyPartKnowsEveryName(Setting setting) {
        assertThat(Settings.load(Map.of(setting.name(), ""), null)).isInstanceOf(Loaded.Valid.class);
    }

    @Test
    void namesOfTheWholeMachineAreNotOurs() {
        assertThat(Settings.load(Map.of("PATH", "/bin", "OTEL_SERVICE_NAME", "x", "RELAISED", "y"), null))
                .isInstanceOf(Loaded.Valid.class);
    }

    @Test
    void environmentWinsOverTheFile() throws IOException {
        Path file = Files.writeString(directory.resolve("relais.properties"), "RELAIS_PARTITIONS=4\nRELAIS_CONCURRENCY=7\n");
        var settings = valid(Map.of("RELAIS_CONFIG", file.toString(), "RELAIS_PARTITIONS", "2"));
        assertThat(settings.partitions()).isEqualTo(2);
        assertThat(settings.concurrency()).isEqualTo(7);
    }

    @Test
    void foreignNameInTheFileIsRefused() throws IOException {
        Path file = Files.writeString(directory.resolve("relais.properties"), "RELAIS_PARTITONS=4\nspring.port=1\nOTEL_X=1\n");
        assertThat(problems(Map.of("RELAIS_CONFIG", file.toString()))).hasSize(2)
                .anyMatch(problem -> problem.contains("did you mean \"RELAIS_PARTITIONS\"?") && problem.contains(file.toString()))
                .anyMatch(problem -> problem.startsWith("spring.port"));
    }

    @Test
    void missingFileIsAProblem() {
        assertThat(problems(Map.of("RELAIS_CONFIG", directory.resolve("none").toString()))).singleElement().asString()
                .contains("RELAIS_CONFIG", "none", "cannot be read");
    }

    @Test
    void agentIsPlayedByOneSide() {
        assertThat(valid(Map.of("RELAIS_AGENTS", "backend-dev,architecte")).foreignAgents())
                .isEqualTo(agents("securite", "frontend-dev", "chef-equipe"));
        assertThat(problems(Map.of("RELAIS_AGENTS", "backend-dev,architecte", "RELAIS_FOREIGN_AGENTS", "architecte")))
                .singleElement().asString().contains("architecte stands in RELAIS_AGENTS too");
    }

    @Test
    void secretsAreNotShown() {
        var settings = valid(Map.of("ANTHROPIC_API_KEY", "sk-secret", "RELAIS_KAFKA_SASL_JAAS_CONFIG", "password=hunter2",
                "ANTHROPIC_BASE_URL", "https://me:hunter3@proxy.example.org/v1", "RELAIS_WORKSPACE_REMOTE",
                "https://hunter4@git.example.org"));
        assertThat(settings.toString()).doesNotContain("sk-secret", "hunter").contains("anthropicApiKey=set",
                "proxy.example.org");
    }

    private static Settings valid(Map<String, String> environment) {
        return switch (Settings.load(environment, null)) {
            case Loaded.Valid(Settings settings) -> settings;
            case Loaded.Refused(List<String> problems) -> throw new AssertionError(problems);
        };
    }

    private static List<String> problems(Map<String, String> environment) {
        return switch (Settings.load(environment, null)) {
            case Loaded.Valid(Settings settings) -> throw new AssertionError("accepted: " + settings);
            case Loaded.Refused(List<String> problems) -> problems;
        };
    }

    private static List<AgentName> agents(String... names) {
        return Arrays.stream(names).map(AgentName::new).toList();
    }
}
