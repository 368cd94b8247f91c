package dev.relais.worker.anthropic;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import com.anthropic.core.RequestOptions;
import com.anthropic.core.http.HttpMethod;
import com.anthropic.core.http.HttpRequest;
import com.anthropic.core.http.HttpRequestBody;
import com.anthropic.errors.AnthropicInvalidDataException;
import com.anthropic.errors.AnthropicIoException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.Test;

import dev.relais.worker.model.Fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PromptHttpClientTest {
    private static final int SECONDS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(SECONDS);

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

    @Test
    void fewCallsUseFewConnectionsHoweverManyThereMayBe() throws IOException {
        try (var server = new Slow(); var client = new PromptHttpClient(5_000, PATIENCE)) {
            for (int call = 0; call < 40; call++) {
                server.ask(client, "/quick");
            }
            assertThat(server.connections()).isOne();
        }
    }

    /** Several pools keep them, and what is quick comes between what is slow. */
    @Test
    void connectionsThatManyCallsLeaveAreUsedAgain() throws Exception {
        int calls = 39;
        try (var server = new Slow(); var client = new PromptHttpClient(calls + 1, 8, PATIENCE)) {
            for (int round = 0; round < 4; round++) {
                try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                    for (int call = 0; call < calls; call++) {
                        threads.execute(() -> server.ask(client, "/slow"));
                        assertThat(server.slow.tryAcquire(SECONDS, TimeUnit.SECONDS)).isTrue();
                        server.ask(client, "/quick");
                    }
                    server.end.release(calls);
                }
            }
            assertThat(server.connections()).isLessThanOrEqualTo(calls + 1);
        }
    }

    /** Answers at once, or when it is let. */
    private static final class Slow implements AutoCloseable {
        private final Set<Integer> ports = ConcurrentHashMap.newKeySet();
        private final Semaphore slow = new Semaphore(0);
        private final Semaphore end = new Semaphore(0);
        private final HttpServer server;
        private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

        private Slow() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(threads);
            server.createContext("/", this::answer);
            server.start();
        }

        private void answer(HttpExchange exchange) throws IOException {
            ports.add(exchange.getRemoteAddress().getPort());
            exchange.getRequestBody().readAllBytes();
            if (exchange.getRequestURI().getPath().equals("/slow")) {
                slow.release();
                end.acquireUninterruptibly();
            }
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        }

        private void ask(PromptHttpClient client, String path) {
            client.execute(HttpRequest.builder().method(HttpMethod.POST)
                    .baseUrl("http://127.0.0.1:" + server.getAddress().getPort() + path)
                    .body(HttpRequestBody.ofJson(Map.of("a", 1))).build(), RequestOptions.none()).close();
        }

        private int connections() {
            return ports.size();
        }

        @Override
        public void close() {
            server.stop(0);
            threads.shutdownNow();
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
