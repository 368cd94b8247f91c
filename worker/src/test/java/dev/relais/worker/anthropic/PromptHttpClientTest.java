package dev.relais.worker.anthropic;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.anthropic.core.RequestOptions;
import com.anthropic.core.http.HttpMethod;
import com.anthropic.core.http.HttpRequest;
import com.anthropic.core.http.HttpRequestBody;
import com.anthropic.errors.AnthropicInvalidDataException;
import com.anthropic.errors.AnthropicIoException;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.Test;

import dev.relais.worker.model.Fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PromptHttpClientTest {
    @Test
    void requestThatCannotBeWrittenIsADefectAndNoLostConnection() throws IOException {
        var client = new PromptHttpClient(1, Duration.ofSeconds(1));
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var request = HttpRequest.builder().method(HttpMethod.POST).baseUrl("http://127.0.0.1:" + server.getLocalPort())
                    .body(HttpRequestBody.ofJson(new Object())).build();
            assertThatThrownBy(() -> client.execute(request, RequestOptions.none())).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("cannot be written")
                    .hasStackTraceContaining("No serializer found for class java.lang.Object");
        } finally {
            client.close();
        }
    }

    /** Thousands of connections lie in many pools: a call finds one that an earlier one left, whichever pool it is in. */
    @Test
    void manyPoolsKeepNoMoreConnectionsThanThereArePools() throws IOException {
        var client = new PromptHttpClient(1_000, Duration.ofSeconds(20));
        var accepted = ConcurrentHashMap.<Integer>newKeySet();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            accepted.add(exchange.getRemoteAddress().getPort());
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try {
            for (int call = 0; call < 40; call++) {
                client.execute(
                        HttpRequest.builder().method(HttpMethod.POST).baseUrl("http://127.0.0.1:" + server.getAddress().getPort())
                                .body(HttpRequestBody.ofJson(Map.of("a", 1))).build(),
                        RequestOptions.none()).close();
            }
            assertThat(accepted).hasSize(4);
        } finally {
            client.close();
            server.stop(0);
        }
    }

    @Test
    void whatTheSdkFindsWrongIsADefectAndWhatItLosesIsLost() {
        var wrong = new AnthropicInvalidDataException("`model` is not set");
        assertThatThrownBy(() -> FaultRule.fault(wrong, Instant.EPOCH)).isSameAs(wrong);
        assertThat(FaultRule.fault(new AnthropicIoException("reset", new IOException("by peer")), Instant.EPOCH))
                .isEqualTo(new Fault.Lost("reset: java.io.IOException: by peer"));
    }
}
