package dev.relais.worker.health;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

import dev.relais.worker.health.HealthEndpoint.Probe;

import static org.assertj.core.api.Assertions.assertThat;

class HealthEndpointTest {
    @Test
    void probesAndMetricsAreServedOnLoopback() throws IOException, InterruptedException {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        registry.counter("relais.worker.claims").increment();
        try (var endpoint = HealthEndpoint.start(0, registry, Probe.Up::new, () -> new Probe.Down("leaving"));
                var client = HttpClient.newHttpClient()) {
            assertThat(get(client, endpoint, "/health/live").statusCode()).isEqualTo(200);
            HttpResponse<String> ready = get(client, endpoint, "/health/ready");
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body()).isEqualTo("leaving\n");
            assertThat(get(client, endpoint, "/metrics").body()).contains("relais_worker_claims_total 1.0");
        }
    }

    private static HttpResponse<String> get(HttpClient client, HealthEndpoint endpoint, String path)
            throws IOException, InterruptedException {
        var uri = URI.create("http://127.0.0.1:" + endpoint.port() + path);
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
}
