package dev.relais.schemas.wire;

/** CloudEvents extension attributes of Relais. On Kafka each is a header with the prefix {@code ce_}. */
public final class Extension {
    /** The root task's id. */
    public static final String CORRELATION = "correlationid";
    /** The id of the event that caused this one. */
    public static final String CAUSATION = "causationid";
    public static final String TRACEPARENT = "traceparent";
    /** The Kafka key: the task id. CloudEvents partitioning extension. */
    public static final String PARTITION_KEY = "partitionkey";
    /** Sha256 in hex of the persona that the task was framed with: on all of a task's events from its first claim on. */
    public static final String PERSONA_HASH = "personahash";

    // Of journal entries: all that the coordinator needs of one (rule 1).
    public static final String EPOCH = "epoch";
    public static final String OWNER = "owner";
    /** From 0 with each epoch's claimed. */
    public static final String SEQUENCE = "sequence";
    /** Of claimed: {@code wanted} where the worker waits for granted before its next model call. */
    public static final String GRANT = "grant";
    /** Of claimed that wants a grant: which of its run's questions it is, from 1; the grant names it. */
    public static final String QUESTION = "question";
    /** Of heard: the input's id. */
    public static final String INPUT = "input";
    /** Of heard: its {@code InputKind}, lower case. */
    public static final String INPUT_KIND = "inputkind";
    /** Of replied: {@code input,cacheWrite,cacheRead,output}. */
    public static final String USAGE = "usage";
    /** Of replied: US dollars, absent where the model has no known price. */
    public static final String COST_USD = "costusd";
    /** Of concluded: delivered, escalated or failed. */
    public static final String OUTCOME = "outcome";
    /** Of concluded, delivered: the deliverable's {@code statusVerified}. */
    public static final String STATUS_VERIFIED = "statusverified";
    /** Of concluded, delivered. */
    public static final String DIGEST = "digest";
    /** Of concluded, failed, and of yielded: the reason's code. */
    public static final String REASON = "reason";
    /** Of concluded, failed: {@code true} where the task may be redriven. */
    public static final String REDRIVABLE = "redrivable";
    /** Of alerted, and of concluded, escalated: the receivers, comma-separated. */
    public static final String RECEIVERS = "receivers";
    /** Of alerted, and of concluded, escalated: the {@code Raised}. */
    public static final String RAISED = "raised";

    /** Of a request that a shard forwarded to its owner: it is not forwarded again (rule 12). */
    public static final String FORWARDED = "forwarded";

    private Extension() {}
}
