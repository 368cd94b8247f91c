package dev.relais.deploy.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Virtual time, the one source of chance, and what was seen: the same seed is the same world. */
final class World {
    private static final int MOST_EVENTS = 400_000;

    private final RandomGenerator random;
    private final PriorityQueue<Due> agenda = new PriorityQueue<>(
            Comparator.comparingLong(Due::at).thenComparingLong(Due::number));
    private final List<String> trace = new ArrayList<>();
    private final boolean isTraced;
    private long now;
    private long number;

    World(long seed, boolean isTraced) {
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        this.isTraced = isTraced;
    }

    private record Due(long at, long number, Runnable what) {}

    /** A rule of the protocol does not hold. */
    static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Broken(String message) {
            super(message);
        }
    }

    /** Milliseconds since the world began. */
    long now() {
        return now;
    }

    void after(long millis, Runnable what) {
        at(now + millis, what);
    }

    /** What is due at the same time happens in the order in which it was asked for. */
    void at(long millis, Runnable what) {
        agenda.add(new Due(Math.max(now, millis), number++, what));
    }

    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    void run(long until) {
        while (!agenda.isEmpty() && agenda.peek().at() <= until) {
            if (number > MOST_EVENTS) {
                throw new Broken("the world does not come to rest: " + number + " events by " + now + " ms");
            }
            Due due = agenda.poll();
            now = due.at();
            due.what().run();
        }
        now = Math.max(now, until);
    }

    void say(String who, String what) {
        if (isTraced) {
            trace.add("%9.3f  %-14s %s".formatted(now / 1e3, who, what));
        }
    }

    List<String> trace() {
        return List.copyOf(trace);
    }
}
