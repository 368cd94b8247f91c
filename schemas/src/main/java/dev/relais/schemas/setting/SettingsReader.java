package dev.relais.schemas.setting;

import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.spelling.Nearest;
import dev.relais.schemas.topic.Topics;

/** Turns names and texts into settings, and collects every problem on the way. */
final class SettingsReader {
    private static final String OURS = "RELAIS_";
    private static final String KAFKA = "RELAIS_KAFKA_";
    private static final Pattern NAMESPACE = Pattern.compile("[a-zA-Z0-9._-]{1,64}");
    private static final Pattern INSTANCE = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int MOST_INSTANCE = 64;
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s)?");

    private static final Pattern SIZE = Pattern.compile("([1-9]\\d{0,5})(MiB|GiB)");

    private final Map<String, String> environment;
    private final @Nullable Path file;
    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, String> kafka = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    SettingsReader(Map<String, String> environment, @Nullable Path file) {
        this.environment = environment;
        this.file = file;
    }

    Settings.Loaded read() {
        configFile().ifPresent(this::takeFile);
        environment.forEach((name, value) -> take(name, value, "environment"));
        var settings = settings();
        return problems.isEmpty()
                ? new Settings.Loaded.Valid(settings)
                : new Settings.Loaded.Refused(problems.stream().sorted().toList());
    }

    private Optional<Path> configFile() {
        String named = environment.getOrDefault(Setting.RELAIS_CONFIG.name(), "").strip();
        return named.isEmpty() ? Optional.ofNullable(file) : file(named);
    }

    private Optional<Path> file(String named) {
        try {
            return Optional.of(Path.of(named));
        } catch (InvalidPathException e) {
            problems.add(Setting.RELAIS_CONFIG + ": \"" + named + "\" is not a path (" + e.getReason() + ")");
            return Optional.empty();
        }
    }

    private void takeFile(Path path) {
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            problems.add("RELAIS_CONFIG: the properties file " + path + " cannot be read (" + e.getMessage()
                    + "); name a readable one");
            return;
        }
        for (String name : properties.stringPropertyNames()) {
            take(name, properties.getProperty(name), path.toString());
        }
    }

    private void take(String name, String value, String where) {
        if (name.startsWith(KAFKA)) {
            kafka.put(name.substring(KAFKA.length()).toLowerCase(Locale.ROOT).replace('_', '.'), value);
        } else if (isKnown(name)) {
            texts.put(name, value.strip());
        } else if (name.startsWith(OURS) || (!where.equals("environment") && !name.startsWith("OTEL_"))) {
            problems.add(name + " (" + where + ") is no setting of Relais" + Nearest.suggestion(name, names()));
        }
    }

    private static boolean isKnown(String name) {
        return names().contains(name);
    }

    private static List<String> names() {
        return Arrays.stream(Setting.values()).map(Enum::name).toList();
    }

    private Settings settings() {
        var agents = agents(Setting.RELAIS_AGENTS);
        var foreign = foreignAgents(agents);
        foreign.stream().filter(agents::contains).forEach(
                both -> problems
                        .add("RELAIS_FOREIGN_AGENTS: " + both + " stands in RELAIS_AGENTS too; an agent is played by one side"));
        return new Settings(text(Setting.KAFKA_BOOTSTRAP_SERVERS), topics(), instance(),
                path(Setting.RELAIS_DATA_DIR).orElseGet(() -> Path.of(System.getProperty("user.home", "."), ".relais")),
                number(Setting.RELAIS_HTTP_PORT, 0, 65535),
                number(Setting.RELAIS_MANAGEMENT_PORT, 0, 65535), path(Setting.RELAIS_PERSONA), agents, foreign,
                oneOf(Setting.RELAIS_SANDBOX, "auto", "bwrap", "none"),
                sandboxRead(),
                oneOf(Setting.RELAIS_SANDBOX_NETWORK, "none", "open"), tick(),
                number(Setting.RELAIS_PARTITIONS, 1, 1024), (short) number(Setting.RELAIS_REPLICATION, 1, 9),
                number(Setting.RELAIS_CONCURRENCY, 1, 100_000), present(Setting.RELAIS_WORKSPACE_REMOTE),
                size(Setting.RELAIS_WORKSPACE_QUOTA), path(Setting.RELAIS_PRICES),
                present(Setting.ANTHROPIC_API_KEY), baseUrl(), kafka);
    }

    private String text(Setting setting) {
        String text = texts.getOrDefault(setting.name(), "");
        return text.isEmpty() ? setting.byDefault() : text;
    }

    private Optional<String> present(Setting setting) {
        return Optional.of(text(setting)).filter(text -> !text.isEmpty());
    }

    private Optional<Path> path(Setting setting) {
        return present(setting).flatMap(_ -> parsed(setting, text -> Optional.of(Path.of(text)), "a path", Optional.empty()));
    }

    private int number(Setting setting, int least, int most) {
        return parsed(setting, text -> {
            int number = Integer.parseInt(text);
            if (number < least || number > most) {
                throw new IllegalArgumentException("out of range");
            }
            return number;
        }, "a whole number from " + least + " to " + most, least);
    }

    private long size(Setting setting) {
        return parsed(setting, text -> {
            var match = SIZE.matcher(text);
            if (!match.matches()) {
                throw new IllegalArgumentException(text);
            }
            return Long.parseLong(match.group(1)) << (match.group(2).equals("GiB") ? 30 : 20);
        }, "a size such as 512MiB or 4GiB", 1L << 30);
    }

    private <T> T parsed(Setting setting, Function<String, T> parse, String shape, T instead) {
        String text = text(setting);
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException _) {
            problems.add(setting + ": \"" + text + "\" is not " + shape);
            return instead;
        }
    }

    private Topics topics() {
        return parsed(Setting.RELAIS_NAMESPACE, text -> {
            if (!NAMESPACE.matcher(text).matches()) {
                throw new IllegalArgumentException(text);
            }
            return new Topics(text.endsWith(".") ? text : text + ".");
        }, "a prefix of 1-64 characters of [a-zA-Z0-9._-]", new Topics(Topics.DEFAULT_NAMESPACE));
    }

    private String instance() {
        String text = text(Setting.RELAIS_INSTANCE);
        String instance = text.isEmpty() ? hostName().replaceAll("[^A-Za-z0-9._-]", "-") : text;
        if (!INSTANCE.matcher(instance).matches()) {
            problems.add("RELAIS_INSTANCE: \"" + instance + "\" is not 1-64 characters of [A-Za-z0-9._-]");
        }
        return instance;
    }

    private String hostName() {
        String named = environment.getOrDefault("HOSTNAME", "");
        try {
            String name = named.isEmpty() ? InetAddress.getLocalHost().getHostName() : named;
            return name.length() > MOST_INSTANCE ? name.substring(0, MOST_INSTANCE) : name;
        } catch (UnknownHostException _) {
            // A machine that cannot resolve its own name still has workers; each start adds a nonce of its own.
            return "relais";
        }
    }

    private List<AgentName> agents(Setting setting) {
        return parsed(setting, text -> {
            var agents = Arrays.stream(text.split(",")).map(String::strip).filter(name -> !name.isEmpty()).map(AgentName::new)
                    .distinct().toList();
            if (agents.isEmpty() && setting == Setting.RELAIS_AGENTS) {
                throw new IllegalArgumentException("none");
            }
            return agents;
        }, "a comma-separated list of agents, each 1-64 characters of [a-z0-9-]", List.of());
    }

    /** Who says nothing of the others means all of the default but those that he plays himself. */
    private List<AgentName> foreignAgents(List<AgentName> played) {
        var foreign = agents(Setting.RELAIS_FOREIGN_AGENTS);
        return texts.getOrDefault(Setting.RELAIS_FOREIGN_AGENTS.name(), "").isEmpty()
                ? foreign.stream().filter(agent -> !played.contains(agent)).toList()
                : foreign;
    }

    private String oneOf(Setting setting, String... words) {
        return parsed(setting, text -> {
            if (!List.of(words).contains(text)) {
                throw new IllegalArgumentException(text);
            }
            return text;
        }, "one of " + String.join(", ", words), words[0]);
    }

    private List<Path> sandboxRead() {
        return parsed(Setting.RELAIS_SANDBOX_READ, text -> Arrays.stream(text.split("[,:]")).map(String::strip)
                .filter(folder -> !folder.isEmpty()).map(Path::of).peek(folder -> {
                    if (!folder.isAbsolute()) {
                        throw new IllegalArgumentException(folder + " is relative");
                    }
                }).toList(), "a list of absolute folders, comma-separated", List.of());
    }

    private Duration tick() {
        return parsed(Setting.RELAIS_TICK, text -> {
            var match = DURATION.matcher(text);
            Duration tick = match.matches()
                    ? Duration.ofMillis(Long.parseLong(match.group(1)) * ("s".equals(match.group(2)) ? 1000 : 1))
                    : Duration.parse(text);
            if (tick.toMillis() < 20 || tick.toMillis() > 60_000) {
                throw new IllegalArgumentException("out of range");
            }
            return tick;
        }, "a duration from 20ms to 60s, such as 1s, 100ms or PT1S", Duration.ofSeconds(1));
    }

    private Optional<URI> baseUrl() {
        String text = text(Setting.ANTHROPIC_BASE_URL);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(parsed(Setting.ANTHROPIC_BASE_URL, url -> {
            URI uri = URI.create(url);
            if (uri.getScheme() == null || !uri.getScheme().matches("https?") || uri.getHost() == null) {
                throw new IllegalArgumentException(url);
            }
            return uri;
        }, "an http or https URL", URI.create("http://localhost")));
    }
}
