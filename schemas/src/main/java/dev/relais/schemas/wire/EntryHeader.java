package dev.relais.schemas.wire;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.Conclusion;
import dev.relais.schemas.event.Digest;
import dev.relais.schemas.event.EscalationRaised;
import dev.relais.schemas.event.JournalEntry;
import dev.relais.schemas.event.Raised;
import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.Usage;
import dev.relais.schemas.event.WorkerId;

/**
 * All that the coordinator reads of a journal entry: its headers (rule 1).
 *
 * @param wantsGrant of claimed: the worker waits for granted before its next model call
 * @param question of claimed: the number of the question that it asks so, from 1 with each run; 0 where none is asked, or its writer numbers none
 * @param input of heard: the input's id
 * @param outcome of concluded: delivered, escalated, failed
 * @param personaHash of the frame's persona, or null where the entry does not say
 */
public record EntryHeader(EventType type, TaskId task, int epoch, WorkerId owner, int sequence, boolean wantsGrant,
        int question, @Nullable String input,
        Usage usage, @Nullable BigDecimal costUsd, @Nullable String outcome, @Nullable String statusVerified,
        @Nullable Digest digest,
        @Nullable String reason, boolean redrivable, List<String> receivers, @Nullable Raised raised,
        @Nullable String personaHash) {
    public static final String DELIVERED = "delivered";
    public static final String ESCALATED = "escalated";
    public static final String FAILED = "failed";
    private static final String PREFIX = "ce_";
    /** Hexadecimal digits of a SHA-256. */
    private static final int HASH = 64;
    private static final int MOST_DIGITS = 30;

    public EntryHeader {
        receivers = List.copyOf(receivers);
    }

    /** Of an entry that does not say which persona speaks, nor which question it asks. */
    public EntryHeader(EventType type, TaskId task, int epoch, WorkerId owner, int sequence, boolean wantsGrant,
            @Nullable String input, Usage usage, @Nullable BigDecimal costUsd, @Nullable String outcome,
            @Nullable String statusVerified, @Nullable Digest digest, @Nullable String reason, boolean redrivable,
            List<String> receivers, @Nullable Raised raised) {
        this(type, task, epoch, owner, sequence, wantsGrant, 0, input, usage, costUsd, outcome, statusVerified, digest, reason,
                redrivable,
                receivers, raised, null);
    }

    /** What reading a record's headers came to. */
    public sealed interface Reading {
        record Read(EntryHeader header) implements Reading {}

        /** @param where the header's name */
        record Malformed(String reason, String detail, String where) implements Reading {}
    }

    /** Reads an entry's headers; it never throws. */
    public static Reading read(EventType type, Headers headers) {
        var texts = new HashMap<String, String>();
        for (Header header : headers) {
            if (header.key().startsWith(PREFIX) && header.value() != null) {
                texts.put(header.key().substring(PREFIX.length()), new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        return new Reader(texts).read(type);
    }

    /**
     * The extension attributes of an entry, as {@link #read} takes them.
     *
     * @param question of a claim that wants a grant, from 1; 0 of any other entry
     */
    public static Map<String, String> extensions(JournalEntry entry, int epoch, WorkerId owner, int sequence, int question) {
        var all = new HashMap<String, String>();
        all.put(Extension.EPOCH, Integer.toString(epoch));
        all.put(Extension.OWNER, owner.value());
        all.put(Extension.SEQUENCE, Integer.toString(sequence));
        if (question > 0) {
            all.put(Extension.GRANT, "wanted");
            all.put(Extension.QUESTION, Integer.toString(question));
        }
        switch (entry) {
            case JournalEntry.ToolsRan _ -> {
            }
            case JournalEntry.Claimed claimed -> {
                JournalEntry.Frame frame = claimed.frame();
                if (frame != null) {
                    all.put(Extension.PERSONA_HASH, frame.personaHash());
                }
            }
            case JournalEntry.Heard heard -> {
                all.put(Extension.INPUT, heard.input());
                all.put(Extension.INPUT_KIND, heard.kind().name().toLowerCase(Locale.ROOT));
            }
            case JournalEntry.Replied replied -> spent(all, replied);
            case JournalEntry.Alerted alerted -> asked(all, alerted.escalation());
            case JournalEntry.Yielded yielded -> all.put(Extension.REASON, yielded.reason());
            case JournalEntry.Concluded concluded -> concluded(all, concluded.conclusion());
        }
        return all;
    }

    private static void spent(Map<String, String> all, JournalEntry.Replied replied) {
        Usage usage = replied.usage();
        all.put(Extension.USAGE, usage.input() + "," + usage.cacheWrite() + "," + usage.cacheRead() + "," + usage.output());
        BigDecimal cost = replied.costUsd();
        if (cost != null) {
            all.put(Extension.COST_USD, cost.toPlainString());
        }
    }

    private static void asked(Map<String, String> all, EscalationRaised escalation) {
        all.put(Extension.RECEIVERS, escalation.to().stream().map(AgentName::value).collect(Collectors.joining(",")));
        all.put(Extension.RAISED, escalation.raised().toString());
    }

    private static void concluded(Map<String, String> all, Conclusion conclusion) {
        switch (conclusion) {
            case Conclusion.Delivered(var deliverable) -> {
                all.put(Extension.OUTCOME, DELIVERED);
                all.put(Extension.STATUS_VERIFIED, deliverable.statusVerified());
                all.put(Extension.DIGEST, deliverable.digest().value());
            }
            case Conclusion.Escalated(var escalation) -> {
                all.put(Extension.OUTCOME, ESCALATED);
                asked(all, escalation);
            }
            case Conclusion.Failed(var failure) -> {
                all.put(Extension.OUTCOME, FAILED);
                all.put(Extension.REASON, failure.reason());
                all.put(Extension.REDRIVABLE, Boolean.toString(failure.redrivable()));
            }
        }
    }

    /** Reads texts; {@code at} remembers which header is being read, for the message. */
    private static final class Reader {
        private final Map<String, String> texts;
        private String at = "";

        Reader(Map<String, String> texts) {
            this.texts = texts;
        }

        Reading read(EventType type) {
            try {
                var header = new EntryHeader(type, new TaskId(required("subject")), number(Extension.EPOCH),
                        new WorkerId(required(Extension.OWNER)),
                        number(Extension.SEQUENCE), "wanted".equals(optional(Extension.GRANT)), question(),
                        optional(Extension.INPUT),
                        usage(), cost(),
                        optional(Extension.OUTCOME), optional(Extension.STATUS_VERIFIED), digest(), optional(Extension.REASON),
                        Boolean.parseBoolean(optional(Extension.REDRIVABLE)), receivers(), raised(), personaHash());
                return complete(header);
            } catch (IllegalArgumentException e) {
                return new Reading.Malformed("headers-lie", "header " + PREFIX + at + ": " + e.getMessage(), PREFIX + at);
            }
        }

        private Reading complete(EntryHeader header) {
            String missing = switch (header.type()) {
                case INPUT_HEARD -> header.input() == null ? Extension.INPUT : "";
                case RUN_YIELDED -> header.reason() == null ? Extension.REASON : "";
                case RUN_ALERTED -> header.raised() == null ? Extension.RAISED : "";
                case RUN_CONCLUDED -> missingOfConclusion(header);
                default -> "";
            };
            return missing.isEmpty()
                    ? new Reading.Read(header)
                    : new Reading.Malformed("headers-lie", "header " + PREFIX + missing + " is missing", PREFIX + missing);
        }

        private static String missingOfConclusion(EntryHeader header) {
            String outcome = header.outcome();
            return switch (outcome == null ? "" : outcome) {
                case DELIVERED ->
                    header.digest() == null ? Extension.DIGEST : header.statusVerified() == null ? Extension.STATUS_VERIFIED : "";
                case ESCALATED -> header.raised() == null ? Extension.RAISED : "";
                case FAILED -> header.reason() == null ? Extension.REASON : "";
                default -> Extension.OUTCOME;
            };
        }

        private String required(String name) {
            at = name;
            String text = texts.get(name);
            if (text == null) {
                throw new IllegalArgumentException("it is missing");
            }
            return text;
        }

        private @Nullable String optional(String name) {
            at = name;
            return texts.get(name);
        }

        private int number(String name) {
            int number = Integer.parseInt(required(name));
            if (number < 0) {
                throw new IllegalArgumentException("it is negative: " + number);
            }
            return number;
        }

        /** A release that numbers none writes none. */
        private int question() {
            return optional(Extension.QUESTION) == null ? 0 : number(Extension.QUESTION);
        }

        private Usage usage() {
            String text = optional(Extension.USAGE);
            if (text == null) {
                return Usage.NONE;
            }
            String[] parts = text.split(",", -1);
            if (parts.length != 4) {
                throw new IllegalArgumentException("it reads input,cacheWrite,cacheRead,output, not \"" + text + "\"");
            }
            return new Usage(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]),
                    Long.parseLong(parts[3]));
        }

        private @Nullable BigDecimal cost() {
            String text = optional(Extension.COST_USD);
            if (text == null) {
                return null;
            }
            var cost = new BigDecimal(text);
            // Sums are kept: a number with a huge exponent would be written out in full by the first addition.
            if (cost.signum() < 0 || cost.precision() > MOST_DIGITS || Math.abs((long) cost.scale()) > MOST_DIGITS) {
                throw new IllegalArgumentException("it is no sum of money: " + text);
            }
            return cost;
        }

        private @Nullable Digest digest() {
            String text = optional(Extension.DIGEST);
            return text == null ? null : new Digest(text);
        }

        /** Nothing follows from it, so that an entry with another text in it is read all the same. */
        private @Nullable String personaHash() {
            String text = optional(Extension.PERSONA_HASH);
            return text != null && isHash(text) ? text : null;
        }

        /** By a plain loop: it is looked at with every run's first entry. */
        private static boolean isHash(String text) {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f')) {
                    return false;
                }
            }
            return text.length() == HASH;
        }

        private @Nullable Raised raised() {
            String text = optional(Extension.RAISED);
            return text == null ? null : Raised.parse(text);
        }

        private List<String> receivers() {
            String text = optional(Extension.RECEIVERS);
            return text == null || text.isEmpty() ? List.of() : Arrays.asList(text.split(",", -1));
        }
    }
}
