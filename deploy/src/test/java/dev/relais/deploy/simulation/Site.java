package dev.relais.deploy.simulation;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

import org.apache.kafka.common.header.Header;

import dev.relais.deploy.simulation.Log.Stored;
import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.setting.Settings;
import dev.relais.schemas.topic.Topics;
import dev.relais.schemas.wire.EventCodec;
import dev.relais.worker.persona.Persona;
import dev.relais.worker.persona.PersonaFile;

/** What all parts of one simulated world share. */
record Site(World world, Log log, Oracle oracle, Mutation mutation, Settings settings, EventCodec codec, Persona persona) {
    static final int PARTITIONS = 2;
    static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    static final AgentName AGENT = new AgentName("backend-dev");
    private static final Settings SETTINGS = loaded();
    private static final EventCodec CODEC = new EventCodec();
    private static final Persona PERSONA = shipped();

    static Site of(World world, Mutation mutation) {
        return new Site(world, new Log(world), new Oracle(world, SETTINGS.tick().toMillis()), mutation, SETTINGS, CODEC, PERSONA);
    }

    private static Settings loaded() {
        var environment = Map.of("RELAIS_DATA_DIR", "target", "RELAIS_PARTITIONS", Integer.toString(PARTITIONS),
                "RELAIS_INSTANCE",
                "simulation", "RELAIS_TICK", "1s");
        return switch (Settings.load(environment, null)) {
            case Settings.Loaded.Valid(Settings settings) -> settings;
            case Settings.Loaded.Refused refused -> throw new AssertionError(refused.problems());
        };
    }

    private static Persona shipped() {
        return switch (PersonaFile.parse(PersonaFile.shipped())) {
            case PersonaFile.Parsed(Persona persona) -> persona;
            case PersonaFile.Refused refused -> throw new AssertionError(refused.message());
        };
    }

    Topics topics() {
        return settings.topics();
    }

    long tickMillis() {
        return settings.tick().toMillis();
    }

    InstantSource clock() {
        return () -> BEGIN.plusMillis(world.now());
    }

    /** A shard writes to sinks, each of which is one topic. */
    String topicOf(String sink) {
        String name = sink.substring("to-".length());
        if (name.startsWith("inbox-")) {
            return topics().inbox(new AgentName(name.substring("inbox-".length())));
        }
        if (name.startsWith("deliverables-")) {
            return topics().deliverables(new AgentName(name.substring("deliverables-".length())));
        }
        return switch (name) {
            case "requests" -> topics().requests();
            case "journal" -> topics().journal();
            case "validations" -> topics().validations();
            case "tasks" -> topics().tasks();
            case "control" -> topics().control();
            case "dead-letters" -> topics().deadLetters();
            default -> throw new AssertionError("no topic is behind the sink " + sink);
        };
    }

    static String text(Stored record, String header) {
        Header found = record.headers().lastHeader(header);
        return found == null ? "" : new String(found.value(), StandardCharsets.UTF_8);
    }
}
