package dev.relais.deploy.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.relais.schemas.event.Usage;

/** Tokens and money as people read them. */
final class Figures {
    private Figures() {}

    static String tokens(Usage usage) {
        long in = usage.input() + usage.cacheWrite() + usage.cacheRead();
        String cached = usage.cacheRead() == 0 ? "" : String.format(Locale.ROOT, " (%,d from the cache)", usage.cacheRead());
        return String.format(Locale.ROOT, "%,d tokens in%s, %,d out", in, cached, usage.output());
    }

    /** A model without a known price has no cost, which is not 0. */
    static String cost(@Nullable BigDecimal usd) {
        return usd == null ? "price unknown" : "$" + usd.setScale(4, RoundingMode.HALF_UP).toPlainString();
    }
}
