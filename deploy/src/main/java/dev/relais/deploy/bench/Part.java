package dev.relais.deploy.bench;

/** What can be measured alone; in the order in which it is: what wants an idle system comes before what warms it. */
public enum Part {
    /** The broker's own limit. */
    RAW,
    /** Submit to deliverable on an idle system. */
    LATENCY,
    /** Tasks a second beside the raw limit, and the CPU of a turn. */
    THROUGHPUT,
    /** The cost of a turn as its conversation grows. */
    CONVERSATION,
    /** Thousands of runs in flight in one worker. */
    MEMORY,
    /** From a kill to the next entry of each run. */
    KILL,
    /** A snapshot of the workspace beside git's own. */
    SNAPSHOT,
    /** A run's checkout beside git's own. */
    CHECKOUT,
    /** What the walls add to a command's own time; needs bubblewrap and no broker. */
    SANDBOX,
    /** Half the measured throughput for many minutes: whether anything grows. Only where it is asked for. */
    ENDURANCE,
    /** The Grep tool beside ripgrep. Only where it is asked for: it needs {@code rg} and no broker. */
    GREP
}
