package dev.relais.worker.model;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

import dev.relais.schemas.event.Usage;
import dev.relais.schemas.wire.Json;

/** What tokens cost, by model and day, from a dated file; an operator's own file replaces it. */
public final class PriceList {
    /** The file that ships with this release. */
    static final String SHIPPED = "/prices-2026-11-23.yaml";

    private static final ObjectMapper STRICT = Json.mapper().copy().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private static final Pattern DATED = Pattern.compile("-\\d{8}$");

    private final Map<String, List<PriceFile.Row>> rows;

    private PriceList(Map<String, List<PriceFile.Row>> rows) {
        this.rows = Map.copyOf(rows);
    }

    /** Knows no price at all. */
    public static PriceList empty() {
        return new PriceList(Map.of());
    }

    /** @param file the operator's own (RELAIS_PRICES), else the shipped one is taken */
    public static Loaded load(Optional<Path> file) {
        try {
            return file.isPresent() ? parse(file.get().toString(), Files.readString(file.get())) : parse(SHIPPED, shipped());
        } catch (IOException unreadable) {
            return new Loaded.Refused("prices " + file.map(Path::toString).orElse(SHIPPED) + " cannot be read: " + unreadable
                    + "; name a readable file in RELAIS_PRICES, or none");
        }
    }

    static Loaded parse(String name, String yaml) {
        try {
            var tree = new Load(LoadSettings.builder().setLabel(name).build()).loadFromString(yaml);
            return new Loaded.Valid(new PriceList(byName(STRICT.convertValue(tree, PriceFile.class))));
        } catch (YamlEngineException | IllegalArgumentException wrong) {
            return new Loaded.Refused("prices " + name + ": " + wrong.getMessage()
                    + "; the format is that of " + SHIPPED + " in the worker's jar");
        }
    }

    /**
     * @param model as the reply names it; a dated id (…-20260217) is priced as its undated one
     * @return empty where no price is known for that model and day
     */
    public Optional<BigDecimal> cost(String model, Usage usage, LocalDate day) {
        return rowsOf(model).stream()
                .filter(row -> !row.from().isAfter(day) && usage.total() - usage.output() >= row.above())
                .max(Comparator.comparing(PriceFile.Row::from).thenComparingLong(PriceFile.Row::above))
                .map(row -> row.cost(usage));
    }

    private List<PriceFile.Row> rowsOf(String model) {
        var exact = rows.get(model);
        return exact != null ? exact : rows.getOrDefault(DATED.matcher(model).replaceFirst(""), List.of());
    }

    private static Map<String, List<PriceFile.Row>> byName(PriceFile file) {
        var rows = new HashMap<String, List<PriceFile.Row>>();
        file.models().forEach((model, priced) -> {
            rows.put(model, priced.prices());
            priced.aliases().forEach(alias -> rows.put(alias, priced.prices()));
        });
        return rows;
    }

    private static String shipped() throws IOException {
        try (InputStream stream = PriceList.class.getResourceAsStream(SHIPPED)) {
            if (stream == null) {
                throw new IOException("the jar lacks " + SHIPPED);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Whether a price file can be used. */
    public sealed interface Loaded {
        record Valid(PriceList prices) implements Loaded {}

        /** @param problem what is wrong, where, and what to do */
        record Refused(String problem) implements Loaded {}
    }
}
