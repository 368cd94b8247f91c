package dev.relais.coordinator.dispatch;

/** How much work a shard may have outside: the backlog waits in the coordinator, not in the inbox (rule 11). */
public final class CapacityRule {
    private CapacityRule() {}

    /**
     * @param outstanding work of this shard that is dispatched and not concluded
     * @param capacity the sum over all live workers of the agent
     */
    public static boolean hasRoom(int outstanding, int capacity, int partitions) {
        return capacity > 0 && outstanding < share(capacity, partitions) + 1;
    }

    /**
     * Looked at once a tick: where other shards have little to do, this one may use the slots that they leave free.
     *
     * @param unclaimed work of this shard that stands in the inbox
     * @param free the sum over all live workers of the agent
     */
    public static boolean mayFill(int unclaimed, int free, int partitions) {
        return unclaimed < share(free, partitions);
    }

    private static int share(int total, int partitions) {
        return Math.ceilDiv(total, partitions);
    }
}
