package dev.relais.deploy.simulation;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.apache.kafka.common.header.Header;

import dev.relais.deploy.simulation.Log.Stored;
import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.EventData;
import dev.relais.schemas.event.JournalEntry;
import dev.relais.schemas.setting.Settings;
import dev.relais.schemas.topic.Topics;
import dev.relais.schemas.wire.Decoded;
import dev.relais.schemas.wire.EntryHeader;
import dev.relais.schemas.wire.EventCodec;
import dev.relais.schemas.wire.EventType;
import dev.relais.worker.journal.Entry;
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

    EventData decoded(Stored record) {
        return switch (codec.decode(record.copiedHeaders(), record.key(), record.value())) {
            case Decoded.Accepted accepted -> accepted.event().data();
            case Decoded.Malformed malformed -> throw new World.Broken(
                    "a record of ours is malformed: " + malformed + " " + new String(record.key(), StandardCharsets.UTF_8));
        };
    }

    Entry entry(Stored record) {
        var type = EventType.named(text(record, "ce_type")).orElseThrow();
        if (decoded(record) instanceof JournalEntry body
                && EntryHeader.read(type, record.headers()) instanceof EntryHeader.Reading.Read(EntryHeader header)) {
            return new Entry(header.epoch(), header.sequence(), body);
        }
        throw new World.Broken("I4: an offset of an accepted entry holds none: " + record.topic() + " " + record.offset());
    }

    JournalEntry.Frame frame() {
        return new JournalEntry.Frame(1, persona.text(), persona.hash(), JsonNodeFactory.instance.arrayNode(), persona.model(),
                1_000, "/workspace");
    }

    static String text(Stored record, String header) {
        Header found = record.headers().lastHeader(header);
        return found == null ? "" : new String(found.value(), StandardCharsets.UTF_8);
    }
}
