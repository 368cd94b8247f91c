package dev.relais.deploy.cli;

import java.time.Duration;

/** Says on standard error what is waited for, after two seconds and then every five. */
final class Progress {
    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final Screen screen;
    private final String what;
    private Duration next = FIRST;

    Progress(Screen screen, String what) {
        this.screen = screen;
        this.what = what;
    }

    void say(Patience patience) {
        if (patience.waited().compareTo(next) >= 0) {
            next = patience.waited().plus(AGAIN);
            screen.remark("… " + what + " (" + patience.waited().toSeconds() + " s)");
        }
    }
}
