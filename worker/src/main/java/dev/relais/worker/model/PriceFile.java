package dev.relais.worker.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.relais.schemas.event.Usage;

/**
 * A price file as it is written.
 *
 * @param asOf the day on which somebody last looked
 */
record PriceFile(LocalDate asOf, Map<String, Priced> models) {
    PriceFile {
        require(asOf != null && models != null, "a price file has asOf (a date) and models");
        models = Map.copyOf(models);
    }

    /** @param aliases other names of the same model, retired ones too */
    record Priced(List<String> aliases, List<Row> prices) {
        Priced(@Nullable List<String> aliases, @Nullable List<Row> prices) {
            require(prices != null && !prices.isEmpty(), "a model has at least one row under prices");
            this.aliases = aliases == null ? List.of() : List.copyOf(aliases);
            this.prices = prices == null ? List.of() : List.copyOf(prices);
        }
    }

    /**
     * US dollars a million tokens.
     *
     * @param from the first day
     * @param above the prompt's tokens (cached ones too) from which this row holds; 0 for a model without bands
     */
    record Row(LocalDate from, long above, BigDecimal input, BigDecimal output, BigDecimal cacheWrite, BigDecimal cacheRead) {
        /** Digits after the point: a hundredth of a micro-dollar. */
        private static final int SCALE = 8;

        Row {
            require(from != null && input != null && output != null && cacheWrite != null && cacheRead != null,
                    "a price has from, input, output, cacheWrite and cacheRead");
        }

        BigDecimal cost(Usage usage) {
            return times(input, usage.input()).add(times(cacheWrite, usage.cacheWrite()))
                    .add(times(cacheRead, usage.cacheRead()))
                    .add(times(output, usage.output()))
                    .movePointLeft(6)
                    .setScale(SCALE, RoundingMode.HALF_UP);
        }

        private static BigDecimal times(BigDecimal price, long tokens) {
            return price.multiply(BigDecimal.valueOf(tokens));
        }
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
