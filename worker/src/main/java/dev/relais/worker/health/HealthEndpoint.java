package dev.relais.worker.health;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** The management port, on loopback: {@code /metrics}, {@code /health/live}, {@code /health/ready}. */
public final class HealthEndpoint implements AutoCloseable {
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;
    private final HttpServer server;

    private HealthEndpoint(HttpServer server) {
        this.server = server;
    }

    /** What a probe says. */
    public sealed interface Probe {
        record Up() implements Probe {}

        record Down(String why) implements Probe {}
    }

    /** @param port 0 takes any free one */
    public static HealthEndpoint start(int port, PrometheusMeterRegistry registry, Supplier<Probe> live, Supplier<Probe> ready)
            throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/metrics",
                exchange -> answer(exchange, OK, registry.scrape(), "text/plain; version=0.0.4; charset=utf-8"));
        server.createContext("/health/live", exchange -> probe(exchange, live.get()));
        server.createContext("/health/ready", exchange -> probe(exchange, ready.get()));
        server.start();
        return new HealthEndpoint(server);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private static void probe(HttpExchange exchange, Probe probe) throws IOException {
        switch (probe) {
            case Probe.Up _ -> answer(exchange, OK, "up\n", "text/plain; charset=utf-8");
            case Probe.Down(String why) -> answer(exchange, UNAVAILABLE, why + "\n", "text/plain; charset=utf-8");
        }
    }

    private static void answer(HttpExchange exchange, int status, String body, String type) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
