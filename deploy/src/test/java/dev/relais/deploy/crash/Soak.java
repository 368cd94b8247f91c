package dev.relais.deploy.crash;

import java.time.Duration;

/** The numbers: small ones in every build, the full ones in {@code .ci/soak}, which sets {@code relais.soak.*}. */
final class Soak {
    private Soak() {}

    static int number(String name, int reduced) {
        return Integer.getInteger("relais.soak." + name, reduced);
    }

    static Duration seconds(String name, int reduced) {
        return Duration.ofSeconds(number(name, reduced));
    }
}
