package dev.relais.deploy.crash;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** The numbers: small ones in every build, the full ones in {@code .ci/soak}, which sets {@code relais.soak.*}. */
final class Soak {
    private Soak() {}

    static int number(String name, int reduced) {
        return Integer.getInteger("relais.soak." + name, reduced);
    }

    /** @param full where nothing else is named, in {@code .ci/soak} */
    static int number(String name, int reduced, int full) {
        return number(name, Boolean.getBoolean("relais.soak") ? full : reduced);
    }

    static Duration seconds(String name, int reduced) {
        return Duration.ofSeconds(number(name, reduced));
    }

    /** @return the named constants, comma between them; all where nothing is named */
    static <E extends Enum<E>> List<E> of(String name, Class<E> type) {
        String named = System.getProperty("relais.soak." + name, "");
        return named.isEmpty()
                ? List.of(type.getEnumConstants())
                : Arrays.stream(named.split(",", -1)).map(one -> Enum.valueOf(type, one.strip())).toList();
    }
}
