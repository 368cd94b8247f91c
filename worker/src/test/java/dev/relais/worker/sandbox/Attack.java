package dev.relais.worker.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.relais.worker.sandbox.Sandbox.Excess.Resource;

/**
 * One block of {@code attacks.txt}, whose head says what each field is.
 *
 * @param calls a tool's name and its input as JSON, with a blank between
 */
record Attack(String name, String wall, String script, List<String> calls, Pattern expect, Optional<Pattern> control,
        Optional<Pattern> breach, Map<String, Long> limits, Duration timeout, Optional<Resource> over, Optional<String> needs,
        Optional<String> worker) {
    private static final String HEAD = "=== ";
    private static final List<String> FIELDS = List.of("wall", "expect", "control", "breach", "call", "limit", "timeout", "over",
            "needs",
            "worker");

    static List<Attack> all() {
        try (InputStream text = Objects.requireNonNull(Attack.class.getResourceAsStream("attacks.txt"))) {
            String all = new String(text.readAllBytes(), StandardCharsets.UTF_8);
            var attacks = new ArrayList<Attack>();
            for (String block : all.split("(?m)^" + HEAD, -1)) {
                if (!block.startsWith("#")) {
                    attacks.add(of(block));
                }
            }
            return attacks;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Attack of(String block) {
        List<String> lines = block.lines().toList();
        var fields = new HashMap<String, List<String>>();
        var script = new StringBuilder();
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(": ");
            if (colon > 0 && FIELDS.contains(line.substring(0, colon))) {
                fields.computeIfAbsent(line.substring(0, colon), _ -> new ArrayList<>()).add(line.substring(colon + 2));
            } else {
                script.append(line).append('\n');
            }
        }
        var limits = new HashMap<String, Long>();
        for (String limit : fields.getOrDefault("limit", List.of())) {
            limits.put(limit.substring(0, limit.indexOf('=')), Long.parseLong(limit.substring(limit.indexOf('=') + 1)));
        }
        return new Attack(lines.getFirst().strip(), one(fields, "wall").orElseThrow(), script.toString().strip(),
                fields.getOrDefault("call", List.of()), Pattern.compile(one(fields, "expect").orElseThrow(), Pattern.MULTILINE),
                one(fields, "control").map(Pattern::compile), one(fields, "breach").map(Pattern::compile), limits,
                Duration.ofMillis(one(fields, "timeout").map(Long::parseLong).orElse(20_000L)),
                one(fields, "over").map(Resource::valueOf), one(fields, "needs"), one(fields, "worker"));
    }

    private static Optional<String> one(Map<String, List<String>> fields, String name) {
        return Optional.ofNullable(fields.get(name)).map(List::getFirst);
    }

    Limits limits(Limits usual) {
        Limits now = usual;
        for (Map.Entry<String, Long> each : limits.entrySet()) {
            long number = each.getValue();
            now = switch (each.getKey()) {
                case "memory" -> now.withMemory(number << 20);
                case "processes" -> now.withProcesses((int) number);
                case "file" -> now.withFile(number << 20);
                case "files" -> now.withOpenFiles((int) number);
                case "disk" -> now.withDisk(number << 20);
                case "scratch" -> now.withScratch(number << 20);
                case "output" -> now.withOutput(number << 20);
                case "cpu" -> now.withCpu(Duration.ofSeconds(number));
                default -> throw new AssertionError(each.getKey());
            };
        }
        return now;
    }

    @Override
    public String toString() {
        return name;
    }
}
