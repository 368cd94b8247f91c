package dev.relais.deploy.cli;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import dev.relais.schemas.setting.Settings;

/** The options of every verb that talks to Kafka. */
final class Connection {
    @Option(names = "--bootstrap", paramLabel = "HOST:PORT", description = "The broker. Default: $$KAFKA_BOOTSTRAP_SERVERS, else localhost:9092.")
    private @Nullable String bootstrap;

    @Option(names = "--namespace", paramLabel = "PREFIX", description = "Prefix of the topics. Default: $$RELAIS_NAMESPACE, else relais.")
    private @Nullable String namespace;

    Settings settings() {
        var environment = new HashMap<>(System.getenv());
        put(environment, "KAFKA_BOOTSTRAP_SERVERS", bootstrap);
        put(environment, "RELAIS_NAMESPACE", namespace);
        return load(environment);
    }

    Link open() {
        return Link.open(settings());
    }

    static Settings load(Map<String, String> environment) {
        return switch (Settings.load(environment, null)) {
            case Settings.Loaded.Valid(var settings) -> settings;
            case Settings.Loaded.Refused(var problems) -> throw new Failure(ExitCode.USAGE, String.join("\n", problems));
        };
    }

    private static void put(Map<String, String> environment, String name, @Nullable String value) {
        if (value != null) {
            environment.put(name, value);
        }
    }
}
