package dev.relais.schemas.wire;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/** I12: a malformed event never stops a partition, so reading it never throws and never takes long. */
final class HostileBytesTest {
    private static final int ROUNDS = 400;
    private static final Duration AT_ONCE = Duration.ofSeconds(10);
    private final EventCodec codec = new EventCodec();

    @ParameterizedTest
    @EnumSource(EventType.class)
    void i12_mutatedEventIsAcceptedOrMalformed(EventType type) {
        var random = new Random(type.name().hashCode());
        byte[] example = RecordOf.bytes(Golden.example(type).toString());
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = mutated(example, random);
            assertThatCode(() -> decode(RecordOf.binary(type, "ce_outcome", "delivered"), bytes)).doesNotThrowAnyException();
        }
    }

    @Test
    void i12_noiseIsMalformed() {
        var random = new Random(1);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] noise = new byte[random.nextInt(1, 200)];
            random.nextBytes(noise);
            assertThat(decode(RecordOf.binary(EventType.TASK_REQUESTED), noise)).isInstanceOf(Decoded.Malformed.class);
            assertThat(decode(new RecordHeaders(), noise)).isInstanceOf(Decoded.Malformed.class);
            assertThat(decode(noisy(random), noise)).isInstanceOf(Decoded.Malformed.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"context\":", "{\"a\":[", "{\"data\":"})
    void i12_deepNestingIsMalformed(String opening) {
        assertThat(decode(RecordOf.binary(EventType.TASK_REQUESTED), RecordOf.bytes(opening.repeat(60_000))))
                .isInstanceOf(Decoded.Malformed.class);
        assertThat(decode(RecordOf.binary(EventType.MODEL_REPLIED), RecordOf.bytes(opening.repeat(60_000))))
                .isInstanceOf(Decoded.Malformed.class);
        assertThat(decode(new RecordHeaders(), RecordOf.bytes(opening.repeat(60_000)))).isInstanceOf(Decoded.Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "-1e999999999", "1e-999999999", "123456789012345678901234567890", "1.5", "-0", "1E400",
            "99999999999999999999999999999999999999999999999999999999999999999999999999999"})
    void i12_hugeNumberIsRefusedAtOnce(String number) {
        for (String field : new String[]{"priority", "mode", "envelope", "taskId"}) {
            String value = field.equals("envelope") ? "{\"usd\":" + number + ",\"turns\":" + number + "}" : number;
            byte[] bytes = RecordOf.bytes("{\"request\":\"x\",\"" + field + "\":" + value + "}");
            assertThat(assertTimeoutPreemptively(AT_ONCE, () -> decode(RecordOf.binary(EventType.TASK_REQUESTED), bytes)))
                    .matches(it -> it instanceof Decoded.Malformed || number.equals("-0"));
        }
    }

    @Test
    void i12_invalidUtf8IsMalformed() {
        byte[] value = RecordOf.bytes("{\"request\":\"xxx\"}");
        value[13] = (byte) 0xff;
        assertThat(decode(RecordOf.binary(EventType.TASK_REQUESTED), value))
                .isInstanceOfSatisfying(Decoded.Malformed.class, it -> assertThat(it.reason()).isEqualTo("not-json"));
        var headers = RecordOf.binary(EventType.TASK_REQUESTED);
        headers.remove("ce_id").add("ce_id", new byte[]{(byte) 0xc3, (byte) 0x28});
        assertThat(decode(headers, RecordOf.bytes("{\"request\":\"x\"}")))
                .isInstanceOfSatisfying(Decoded.Malformed.class, it -> assertThat(it.where()).isEqualTo("ce_id"));
    }

    @Test
    void i12_headersWithoutValuesAndNamesAreMalformed() {
        var headers = new RecordHeaders();
        headers.add("ce_type", null).add("", new byte[0]).add("ce_", new byte[0]).add("content-type", null);
        assertThat(decode(headers, RecordOf.bytes("{}"))).isInstanceOf(Decoded.Malformed.class);
    }

    private Decoded decode(Headers headers, byte[] value) {
        return codec.decode(headers, new byte[0], value);
    }

    private static byte[] mutated(byte[] example, Random random) {
        byte[] bytes = Arrays.copyOf(example, random.nextInt(10) == 0 ? random.nextInt(1, example.length) : example.length);
        int changes = random.nextInt(1, 4);
        byte[] sharp = "{}[]\",:0-\\e.nt\u0000".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < changes; i++) {
            bytes[random.nextInt(bytes.length)] = random.nextBoolean()
                    ? sharp[random.nextInt(sharp.length)]
                    : (byte) random.nextInt();
        }
        return bytes;
    }

    private static Headers noisy(Random random) {
        var headers = new RecordHeaders();
        for (String name : new String[]{"ce_specversion", "ce_id", "ce_source", "ce_type", "ce_time", "content-type", "ce_x"}) {
            byte[] noise = new byte[random.nextInt(0, 20)];
            random.nextBytes(noise);
            headers.add(name, noise);
        }
        return headers;
    }
}
