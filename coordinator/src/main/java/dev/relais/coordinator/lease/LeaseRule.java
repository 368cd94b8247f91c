package dev.relais.coordinator.lease;

/** When an owner has lost what it owns, in counted ticks and counted beats only (rules 2 and 3). */
public final class LeaseRule {
    /** Counted ticks after an owner's last record at which it is silent. */
    public static final int LEASE_TICKS = 10;
    /** Counted beats in a row that do not name a run, at which it is lost. */
    public static final int UNNAMED_BEATS = 3;

    private LeaseRule() {}

    /**
     * @param lastSeen the counted tick at which the owner's last record stood
     * @param counted counted ticks now
     */
    public static boolean isSilent(long lastSeen, long counted) {
        return counted - lastSeen >= LEASE_TICKS;
    }

    /**
     * Whether a worker that was found silent is known to live: it has been heard for as long as it takes to be found silent. One beat or entry
     * may be the last of a worker that a task is killing slowly (coordinator/docs/0007).
     *
     * @param since the counted tick at which it was heard again
     * @param lastSeen the counted tick at which its last record stood
     */
    public static boolean livesAgain(long since, long lastSeen) {
        return lastSeen - since >= LEASE_TICKS;
    }

    /**
     * Whether a zombie that goes on beating is told so once more.
     *
     * @param toldAt the counted tick at which it was told last
     */
    public static boolean isToldAgain(long toldAt, long counted) {
        return counted - toldAt >= LEASE_TICKS;
    }

    /** A beat counts once a tick: a worker whose beats pile up does not lose its runs the faster. */
    public static boolean counts(long lastBeat, long counted) {
        return counted > lastBeat;
    }

    public static boolean isLost(int unnamedBeats) {
        return unnamedBeats >= UNNAMED_BEATS;
    }
}
