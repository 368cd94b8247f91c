package dev.relais.worker.anthropic;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;

import dev.relais.schemas.wire.Json;

/**
 * Reads a stream of server-sent events whose data is JSON. What an event is stands in its data's {@code type} as well as in its name, so names, ids and
 * comments are passed over.
 *
 * <p>The SDK reads each event into its typed classes, and back out of them for whoever wants the JSON: half of what a call cost.
 */
final class EventReader {
    private static final ObjectReader JSON = Json.mapper().reader();
    private static final int PART = 8_192;
    /** Of one event: what a server without line ends sends must not fill the worker's memory. */
    private static final int LONGEST = 8 << 20;
    private static final byte[] DATA = {'d', 'a', 't', 'a', ':'};

    private final InputStream in;
    private final byte[] part = new byte[PART];
    private int at;
    private int end;
    /** A line feed that comes next belongs to the carriage return before it. */
    private boolean wasReturn;
    private final Line line = new Line();
    private final Line data = new Line();

    EventReader(InputStream in) {
        this.in = in;
    }

    /** Bytes that can be looked at where they are. */
    private static final class Line extends ByteArrayOutputStream {
        boolean isData() {
            for (int i = 0; i < DATA.length; i++) {
                if (i >= count || buf[i] != DATA[i]) {
                    return false;
                }
            }
            return true;
        }

        /** Appends what stands behind the field's colon, and one space, of a line. */
        void append(Line field) {
            int from = field.count > DATA.length && field.buf[DATA.length] == ' ' ? DATA.length + 1 : DATA.length;
            if (count > 0) {
                write('\n');
            }
            write(field.buf, from, field.count - from);
        }

        boolean isObject() {
            return count > 0 && buf[0] == '{';
        }

        JsonNode json() throws IOException {
            return JSON.readTree(buf, 0, count);
        }
    }

    /**
     * @return empty at the stream's end; an event that it broke off in does not count
     * @throws IOException where the connection is lost, or an event's data is no JSON or longer than 8 MiB
     */
    Optional<JsonNode> next() throws IOException {
        while (readLine()) {
            if (line.isData()) {
                data.append(line);
            } else if (line.size() == 0 && data.size() > 0) {
                // Some servers end with data that is a word, "[DONE]".
                Optional<JsonNode> event = data.isObject() ? Optional.of(data.json()) : Optional.empty();
                data.reset();
                if (event.isPresent()) {
                    return event;
                }
            }
        }
        return Optional.empty();
    }

    /** Lines end with LF, CRLF or CR. */
    private boolean readLine() throws IOException {
        line.reset();
        while (at < end || fill()) {
            if (wasReturn && part[at] == '\n') {
                wasReturn = false;
                at++;
                continue;
            }
            wasReturn = false;
            int from = at;
            while (at < end && part[at] != '\n' && part[at] != '\r') {
                at++;
            }
            line.write(part, from, at - from);
            if (line.size() + data.size() > LONGEST) {
                throw new IOException("an event of the answer is longer than " + LONGEST + " bytes");
            }
            if (at < end) {
                wasReturn = part[at] == '\r';
                at++;
                return true;
            }
        }
        return false;
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, in.read(part, 0, part.length));
        return end > 0;
    }
}
