package dev.relais.schemas.wire;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import dev.relais.schemas.event.Conclusion;
import dev.relais.schemas.event.DeliverablePublished;
import dev.relais.schemas.event.Digest;
import dev.relais.schemas.event.EscalationRaised;
import dev.relais.schemas.event.JournalEntry;
import dev.relais.schemas.event.Raised;
import dev.relais.schemas.event.TaskFailed;
import dev.relais.schemas.event.TaskId;
import dev.relais.schemas.event.Usage;
import dev.relais.schemas.event.WorkerId;
import dev.relais.schemas.wire.EntryHeader.Reading;

import static org.assertj.core.api.Assertions.assertThat;

/** What the worker writes of an entry into its headers is what the coordinator reads there. */
final class EntryHeaderTest {
    private static final WorkerId OWNER = new WorkerId("worker-1-a1b2c3");
    private static final TaskId TASK = new TaskId("checkout-42");
    private final EventCodec codec = new EventCodec();

    record Case(EventType type, JournalEntry entry, EntryHeader header) {}

    static Stream<Case> entries() throws Exception {
        var delivered = read(EventType.DELIVERABLE_PUBLISHED, DeliverablePublished.class);
        var escalation = read(EventType.ESCALATION_RAISED, EscalationRaised.class);
        var failure = read(EventType.TASK_FAILED, TaskFailed.class);
        var both = List.of("architecte", "chef-equipe");
        return Stream.of(
                of(EventType.RUN_CLAIMED, read(EventType.RUN_CLAIMED, JournalEntry.Claimed.class), Known.PERSONA),
                of(EventType.RUN_CLAIMED, new JournalEntry.Claimed("host", null), Known.NOTHING),
                of(EventType.INPUT_HEARD, read(EventType.INPUT_HEARD, JournalEntry.Heard.class),
                        Known.NOTHING.input("checkout-42/answer-1")),
                of(EventType.MODEL_REPLIED, read(EventType.MODEL_REPLIED, JournalEntry.Replied.class),
                        Known.NOTHING.spent(new Usage(1200, 4096, 16384, 830), new BigDecimal("0.0042"))),
                of(EventType.TOOLS_RAN, read(EventType.TOOLS_RAN, JournalEntry.ToolsRan.class), Known.NOTHING),
                of(EventType.RUN_ALERTED, new JournalEntry.Alerted(escalation), Known.NOTHING.raised(both, new Raised(1, 4, 0))),
                of(EventType.RUN_YIELDED, read(EventType.RUN_YIELDED, JournalEntry.Yielded.class),
                        Known.NOTHING.reason("shutdown", false)),
                of(EventType.RUN_CONCLUDED, new JournalEntry.Concluded(new Conclusion.Delivered(delivered)),
                        Known.NOTHING.outcome("delivered").delivered("completed", delivered.digest())),
                of(EventType.RUN_CONCLUDED, new JournalEntry.Concluded(new Conclusion.Escalated(escalation)),
                        Known.NOTHING.outcome("escalated").raised(both, new Raised(1, 4, 0))),
                of(EventType.RUN_CONCLUDED, new JournalEntry.Concluded(new Conclusion.Failed(failure)),
                        Known.NOTHING.outcome("failed").reason("turns-spent", true)));
    }

    @ParameterizedTest
    @MethodSource("entries")
    void headersOfAnEntryAreReadAsTheyWereWritten(Case one) {
        assertThat(read(one, EntryHeader.extensions(one.entry(), 2, OWNER, 4, 0))).isEqualTo(new Reading.Read(one.header()));
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void everyEntryTypeHasACase(EventType type) throws Exception {
        boolean isEntry = JournalEntry.class.isAssignableFrom(type.data());
        assertThat(entries().anyMatch(one -> one.type() == type)).isEqualTo(isEntry);
    }

    @Test
    void claimThatWaitsForAGrantSaysSoAndNumbersItsQuestion() throws Exception {
        var claim = entries().findFirst().orElseThrow();
        assertThat(read(claim, EntryHeader.extensions(claim.entry(), 2, OWNER, 0, 3)))
                .isInstanceOfSatisfying(Reading.Read.class, it -> {
                    assertThat(it.header().wantsGrant()).isTrue();
                    assertThat(it.header().question()).isEqualTo(3);
                });
    }

    @Test
    void claimOfAReleaseThatNumbersNoQuestionIsReadAsZero() throws Exception {
        var claim = entries().findFirst().orElseThrow();
        var extensions = new HashMap<>(EntryHeader.extensions(claim.entry(), 2, OWNER, 0, 1));
        extensions.remove(Extension.QUESTION);
        assertThat(read(claim, extensions)).isInstanceOfSatisfying(Reading.Read.class, it -> {
            assertThat(it.header().wantsGrant()).isTrue();
            assertThat(it.header().question()).isZero();
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "RUN_CLAIMED | epoch | two", "RUN_CLAIMED | epoch | -1", "RUN_CLAIMED | epoch | -",
            "RUN_CLAIMED | epoch | 99999999999",
            "RUN_CLAIMED | question | last", "RUN_CLAIMED | question | -2",
            "RUN_CLAIMED | owner | a b", "RUN_CLAIMED | owner | -", "RUN_CLAIMED | sequence | -", "RUN_CLAIMED | subject | ../x",
            "INPUT_HEARD | input | -", "MODEL_REPLIED | usage | 1,2,3", "MODEL_REPLIED | usage | 1,2,3,-4",
            "MODEL_REPLIED | usage | a,b,c,d", "MODEL_REPLIED | costusd | much", "MODEL_REPLIED | costusd | 1e999999999",
            "MODEL_REPLIED | costusd | -1", "RUN_ALERTED | raised | -", "RUN_ALERTED | raised | 1.2",
            "RUN_ALERTED | raised | a.b.c",
            "RUN_CONCLUDED | outcome | -", "RUN_CONCLUDED | outcome | canceled", "RUN_CONCLUDED | digest | -",
            "RUN_CONCLUDED | digest | sha256:0", "RUN_CONCLUDED | statusverified | -", "RUN_YIELDED | reason | -"})
    void i12_headerThatLiesIsNamed(EventType type, String name, String value) throws Exception {
        var one = entries().filter(each -> each.type() == type).findFirst().orElseThrow();
        var extensions = new HashMap<>(EntryHeader.extensions(one.entry(), 2, OWNER, 4, 0));
        extensions.put("subject", TASK.value());
        extensions.put(name, value);
        var headers = codec.headers(type, new EventCodec.Attributes("e-1", "relais/worker/w", TASK.value(), null, extensions));
        if (value.equals("-")) {
            headers.remove("ce_" + name);
        }
        assertThat(EntryHeader.read(type, headers)).isInstanceOfSatisfying(Reading.Malformed.class, it -> {
            assertThat(it.reason()).isEqualTo("headers-lie");
            assertThat(it.where()).isEqualTo("ce_" + name);
            assertThat(it.detail()).contains("ce_" + name);
        });
    }

    private Reading read(Case one, Map<String, String> extensions) {
        return EntryHeader.read(one.type(),
                codec.headers(one.type(), new EventCodec.Attributes("e-1", "relais/worker/w", TASK.value(), null, extensions)));
    }

    private static <T> T read(EventType type, Class<T> record) throws Exception {
        return Json.mapper().treeToValue(Golden.example(type), record);
    }

    private static Case of(EventType type, JournalEntry entry, Known known) {
        return new Case(type, entry, known.header(type));
    }

    /** The parts of a header that depend on the entry. */
    private record Known(EntryHeader base) {
        static final Known NOTHING = new Known(
                new EntryHeader(EventType.RUN_CLAIMED, TASK, 2, OWNER, 4, false, null, Usage.NONE, null,
                        null, null, null, null, false, List.of(), null));

        /** The example's frame says who speaks. */
        static final Known PERSONA = new Known(
                new EntryHeader(EventType.RUN_CLAIMED, TASK, 2, OWNER, 4, false, 0, null, Usage.NONE, null,
                        null, null, null, null, false, List.of(), null, "0f".repeat(32)));

        EntryHeader header(EventType type) {
            return new EntryHeader(type, TASK, 2, OWNER, 4, false, 0, base.input(), base.usage(), base.costUsd(), base.outcome(),
                    base.statusVerified(), base.digest(), base.reason(), base.redrivable(), base.receivers(), base.raised(),
                    base.personaHash());
        }

        Known input(String input) {
            return new Known(
                    new EntryHeader(base.type(), TASK, 2, OWNER, 4, false, input, base.usage(), base.costUsd(), null, null, null,
                            null, false, List.of(), null));
        }

        Known spent(Usage usage, BigDecimal cost) {
            return new Known(
                    new EntryHeader(base.type(), TASK, 2, OWNER, 4, false, null, usage, cost, null, null, null, null, false,
                            List.of(), null));
        }

        Known outcome(String outcome) {
            return new Known(
                    new EntryHeader(base.type(), TASK, 2, OWNER, 4, false, null, Usage.NONE, null, outcome, null, null, null,
                            false, List.of(), null));
        }

        Known delivered(String status, Digest digest) {
            return new Known(
                    new EntryHeader(base.type(), TASK, 2, OWNER, 4, false, null, Usage.NONE, null, base.outcome(), status, digest,
                            null, false, List.of(), null));
        }

        Known reason(String reason, boolean redrivable) {
            return new Known(
                    new EntryHeader(base.type(), TASK, 2, OWNER, 4, false, null, Usage.NONE, null, base.outcome(), null, null,
                            reason, redrivable, List.of(), null));
        }

        Known raised(List<String> receivers, Raised raised) {
            return new Known(
                    new EntryHeader(base.type(), TASK, 2, OWNER, 4, false, null, Usage.NONE, null, base.outcome(), null, null,
                            null, false, receivers, raised));
        }
    }
}
