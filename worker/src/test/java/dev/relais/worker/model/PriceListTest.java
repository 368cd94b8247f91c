package dev.relais.worker.model;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.relais.schemas.event.Usage;
import dev.relais.worker.model.PriceList.Loaded;

import static org.assertj.core.api.Assertions.assertThat;

final class PriceListTest {
    private static final PriceList SHIPPED = valid(PriceList.load(Optional.empty()));

    @ParameterizedTest
    @CsvSource({
            "claude-sonnet-4-6,          2026-11-23, 1000, 2000, 3000, 4000, 0.0714",
            "claude-sonnet-4-6-20260217, 2026-11-23, 1000, 0, 0, 0,          0.003",
            "claude-sonnet-5-5,          2026-10-06, 0, 0, 1000000, 0,       0.20",
            "claude-sonnet-5-5,          2026-10-07, 0, 0, 1000000, 0,       0.10",
            "claude-haiku-5-5,           2026-11-23, 100000, 0, 0, 0,        0.01",
            "claude-haiku-5-5,           2026-11-23, 1, 0, 100000, 1000,     0.0075005",
            "claude-3-5-sonnet-20241022, 2026-11-23, 1000, 0, 0, 0,          0.003",
            "claude-haiku-4-5-20251001,  2026-11-23, 0, 0, 0, 1000000,       5"})
    void modelIsPricedByDayAndLength(String model, LocalDate day, long input, long cacheWrite, long cacheRead, long output,
            BigDecimal usd) {
        assertThat(SHIPPED.cost(model, new Usage(input, cacheWrite, cacheRead, output), day))
                .hasValueSatisfying(cost -> assertThat(cost).isEqualByComparingTo(usd));
    }

    @Test
    void unknownModelHasNoCostAndNotACostOfZero() {
        assertThat(SHIPPED.cost("qwen3-coder", new Usage(1, 0, 0, 1), LocalDate.of(2026, 11, 23))).isEmpty();
    }

    @Test
    void dayBeforeTheFirstRowHasNoCost() {
        assertThat(SHIPPED.cost("claude-fable-5-2", new Usage(1, 0, 0, 1), LocalDate.of(2026, 11, 8))).isEmpty();
    }

    @Test
    void operatorsFileReplacesTheShippedOne(@TempDir Path directory) throws Exception {
        var file = directory.resolve("prices.yaml");
        Files.writeString(file, """
                asOf: 2026-11-01
                models:
                  qwen3-coder:
                    prices: [{from: 2026-01-01, input: 1, output: 1, cacheWrite: 1, cacheRead: 1}]
                """);
        var prices = valid(PriceList.load(Optional.of(file)));

        assertThat(prices.cost("qwen3-coder", new Usage(1, 0, 0, 1), LocalDate.of(2026, 11, 23))).isPresent();
        assertThat(prices.cost("claude-sonnet-4-6", new Usage(1, 0, 0, 1), LocalDate.of(2026, 11, 23))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "models: {}                                                                  | asOf",
            "{asOf: 2026-11-01, models: {m: {prices: []}}}                               | at least one row",
            "{asOf: 2026-11-01, models: {m: {prices: [{from: 2026-01-01, input: 1}]}}}   | cacheRead",
            "{asOf: 2026-11-01, models: {m: {price: []}}}                                | price",
            "{asOf: 2026-11-01, models: [                                                | p.yaml"})
    void brokenFileIsRefusedWithTheReason(String yaml, String reason) {
        assertThat(PriceList.parse("p.yaml", yaml)).isInstanceOfSatisfying(Loaded.Refused.class,
                refused -> assertThat(refused.problem()).startsWith("prices p.yaml").contains(reason));
    }

    @Test
    void absentFileIsRefusedByName() {
        assertThat(PriceList.load(Optional.of(Path.of("/nowhere/prices.yaml")))).isInstanceOfSatisfying(Loaded.Refused.class,
                refused -> assertThat(refused.problem()).contains("/nowhere/prices.yaml", "RELAIS_PRICES"));
    }

    private static PriceList valid(Loaded loaded) {
        return switch (loaded) {
            case Loaded.Valid valid -> valid.prices();
            case Loaded.Refused refused -> throw new AssertionError(refused.problem());
        };
    }
}
