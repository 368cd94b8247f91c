package dev.relais.worker.anthropic;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;

import dev.relais.worker.anthropic.AnthropicWire.Exchange;
import dev.relais.worker.model.Prompt;

import static org.assertj.core.api.Assertions.assertThat;

class AnthropicWireTest {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String REPLY = """
            data: {"type":"message_start","message":{"id":"m1","type":"message","role":"assistant","model":"m","content":[],"usage":{"input_tokens":1,"output_tokens":1}}}

            data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

            data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"fait"}}

            data: {"type":"content_block_stop","index":0}

            data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":2}}

            """;
    private static final String STOP = "data: {\"type\":\"message_stop\"}\n\n";

    @Test
    void aReplyIsWholeAtItsStopWhateverBecomesOfTheConnection() throws Exception {
        assertThat(answered(REPLY + STOP)).isInstanceOf(Exchange.Whole.class);
    }

    @Test
    void aReplyThatBreaksOffBeforeItsStopIsLost() throws Exception {
        assertThat(answered(REPLY)).isInstanceOf(Exchange.Broken.class);
    }

    /** What a call comes to whose server sends this in one chunk and is gone before the last one. */
    private static Exchange answered(String events) throws IOException, InterruptedException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> serve(server, events));
            var address = URI.create("http://127.0.0.1:" + server.getLocalPort());
            try (var wire = new AnthropicWire(new ModelServer("key", address, 1, Duration.ofSeconds(20)),
                    InstantSource.fixed(Instant.EPOCH))) {
                return wire.exchange(new Prompt("m", 100, "", NODES.arrayNode(), List.of(new Prompt.Message(Prompt.Role.USER,
                        NODES.arrayNode().add(NODES.objectNode().put("type", "text").put("text", "vas-y"))))));
            }
        }
    }

    private static void serve(ServerSocket server, String events) {
        try (var socket = server.accept()) {
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            int length = 0;
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                if (line.startsWith("Content-Length: ")) {
                    length = Integer.parseInt(line.substring("Content-Length: ".length()));
                }
            }
            assertThat(in.skip(length)).isEqualTo(length);
            String head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";
            String chunk = Integer.toHexString(events.length()) + "\r\n" + events + "\r\n";
            socket.getOutputStream().write((head + chunk).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
