package dev.relais.worker.contract;

import java.util.List;
import java.util.stream.Stream;

/** Whether a reply begins with the persona's banner: its words, in order, before any other; rules, emphasis, fences and spacing are free. */
final class Banner {
    private Banner() {}

    static boolean opens(String reply, String banner) {
        List<String> wanted = spoken(banner).toList();
        return spoken(reply).limit(wanted.size()).toList().equals(wanted);
    }

    private static Stream<String> spoken(String text) {
        return text.lines().map(Plain::words).filter(line -> !line.isEmpty());
    }
}
