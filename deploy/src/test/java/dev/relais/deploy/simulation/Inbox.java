package dev.relais.deploy.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.relais.deploy.simulation.Log.Stored;

/** A share group over an inbox: who acquires a record has it until its lock runs out; what is not acknowledged by then comes again. */
final class Inbox {
    private static final int LOCK_MILLIS = 8_000;

    private final World world;
    private final List<Item> items = new ArrayList<>();

    Inbox(World world) {
        this.world = world;
    }

    /** A record that is to be delivered. */
    static final class Item {
        private final Stored record;
        private long lockedUntil = -1;
        private int deliveries;
        private boolean isDone;

        Item(Stored record) {
            this.record = record;
        }
    }

    /**
     * A delivery.
     *
     * @param deliveries of this record, from 1
     */
    record Delivered(Item item, Stored record, int deliveries) {}

    void add(Stored record) {
        items.add(new Item(record));
    }

    /** One of the first that nobody holds: the group keeps no strict order. */
    Optional<Delivered> take() {
        items.removeIf(item -> item.isDone);
        List<Item> free = items.stream().filter(item -> item.lockedUntil < world.now()).limit(3).toList();
        if (free.isEmpty()) {
            return Optional.empty();
        }
        Item item = free.get(world.between(0, free.size() - 1));
        item.lockedUntil = world.now() + LOCK_MILLIS;
        item.deliveries++;
        return Optional.of(new Delivered(item, item.record, item.deliveries));
    }

    void acknowledge(Delivered delivered) {
        delivered.item().isDone = true;
    }

    /** A broker that restarts forgets who holds what. */
    void loseLocks() {
        items.forEach(item -> item.lockedUntil = -1);
    }
}
