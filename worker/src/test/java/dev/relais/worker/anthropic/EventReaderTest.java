package dev.relais.worker.anthropic;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class EventReaderTest {
    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void eventsEndWithAnEmptyLineWhateverEndsALine(String end) throws Exception {
        assertThat(read("event: ping|data: {\"type\":\"ping\"}||data: {\"n\":\"é ━ 📦\"}||".replace("|", end)))
                .containsExactly("{\"type\":\"ping\"}", "{\"n\":\"é ━ 📦\"}");
    }

    @Test
    void whatIsNoDataIsPassedOver() throws Exception {
        assertThat(read(": comment\nid: 7\nretry: 10\nevent: x\ndatabase: {}\ndata\n\n\n\ndata: {}\n\n")).containsExactly("{}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void dataOfSeveralLinesIsOne(String end) throws Exception {
        assertThat(read("data: {\"a\":|data:1,|data:  \"b\":2}||".replace("|", end))).containsExactly("{\"a\":1,\"b\":2}");
    }

    @Test
    void anEventWithoutEndDoesNotFillTheMemory() {
        var endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }
        };
        assertThatThrownBy(() -> new EventReader(endless).next()).isInstanceOf(IOException.class).hasMessageContaining("longer");
    }

    @Test
    void aWordAtTheEndIsNoEvent() throws Exception {
        assertThat(read("data: {\"a\":1}\n\ndata: [DONE]\n\n")).containsExactly("{\"a\":1}");
    }

    @Test
    void anEventThatTheStreamBreaksOffInDoesNotCount() throws Exception {
        assertThat(read("data: {\"a\":1}\n\ndata: {\"b\":2}\n")).containsExactly("{\"a\":1}");
        assertThat(read("data: {\"a\":1}\n\ndata: {\"b\"")).containsExactly("{\"a\":1}");
    }

    @Test
    void dataThatIsNoJsonIsAFault() {
        assertThatThrownBy(() -> read("data: {\"a\":\n\n")).isInstanceOf(IOException.class);
    }

    @Test
    void itDoesNotMatterInWhichPiecesItComes() throws Exception {
        String text = "data: {\"n\":\"" + "é━📦".repeat(3_000) + "\"}\r\n\r\ndata: {}\r\n\r\n";

        assertThat(read(piecewise(text))).isEqualTo(read(text)).hasSize(2);
    }

    private static InputStream piecewise(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] into, int from, int most) {
                return super.read(into, from, Math.min(most, 1));
            }
        };
    }

    private static List<String> read(String text) throws IOException {
        return read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> read(InputStream in) throws IOException {
        var reader = new EventReader(in);
        var events = new ArrayList<String>();
        for (var event = reader.next(); event.isPresent(); event = reader.next()) {
            events.add(event.get().toString());
        }
        return events;
    }
}
