package dev.relais.worker.kafka;

import java.util.Arrays;

import dev.relais.schemas.event.RunKey;

/**
 * The runs that this worker has started: the last 50,000 at least, 100,000 at most. Redeliveries come within the lock's seconds or after a broker's
 * restart; one of an older run is met by the coordinator's fence.
 *
 * <p>Its 2 MiB are taken once. A map of the keys took a hundred bytes for each, so that a worker's heap grew for its first 50,000 tasks. A key is eight
 * bytes of SHA-256 already, so it is its own hash; nothing is taken out alone, a whole generation is, so probing needs no marks of removal.
 */
final class StartedRuns {
    private static final int GENERATION = 50_000;
    private static final int SLOTS = 1 << 17;
    /** An empty slot. The one key in 2^64 that looks like it is kept as its neighbour. */
    private static final long EMPTY = 0;
    private long[] young = new long[SLOTS];
    private long[] old = new long[SLOTS];
    private int inYoung;

    /** Remembers the run, and tells whether it had not been. */
    synchronized boolean add(RunKey run) {
        long key = run.bits() == EMPTY ? EMPTY + 1 : run.bits();
        if (old[slotOf(key, old)] == key || young[slotOf(key, young)] == key) {
            return false;
        }
        if (inYoung == GENERATION) {
            long[] forgotten = old;
            Arrays.fill(forgotten, EMPTY);
            old = young;
            young = forgotten;
            inYoung = 0;
        }
        young[slotOf(key, young)] = key;
        inYoung++;
        return true;
    }

    /** Where the key is, or the empty slot where it would be. */
    private static int slotOf(long key, long[] keys) {
        int slot = (int) key & SLOTS - 1;
        while (keys[slot] != EMPTY && keys[slot] != key) {
            slot = slot + 1 & SLOTS - 1;
        }
        return slot;
    }
}
